package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Linear classifier on the last of a backbone's or neck's outputs, with a loss of choice (mmcls's
 * {@code LinearClsHead}).
 */
@Component({"LinearClsHead", "mmcls.LinearClsHead"})
public final class LinearClsHead extends Layer implements ClassificationHead {

    /** Keys of {@code LinearClsHead}. */
    public static final class Config implements Validated {
        /** Number of classes. */
        @Required
        public int numClasses;
        /** Number of channels of the features. */
        @Required
        public int inChannels;
        /** The loss. */
        public ClassLoss loss = new ClassLoss();
        /** Whether the log has the accuracy on training batches; not while images are mixed. */
        public boolean calAcc = false;
        /** How many of the highest scores may hold the label, for that accuracy. */
        public List<Integer> topk = List.of(1);

        @Override
        public void validate(Checks checks) {
            checks.require(inChannels > 0, "inChannels", "a positive number");
            checks.require(numClasses > 0, "numClasses", "a positive number");
            checks.require(
                    !topk.isEmpty() && topk.stream().allMatch(k -> k > 0 && k <= numClasses),
                    "topk",
                    "positive numbers, at most num_classes");
        }
    }

    private final Config config;
    private final Scores scores;
    private final Linear classifier;

    @Inject
    LinearClsHead(Config config, Kernels kernels) {
        this.config = config;
        scores = new Scores(kernels, config.loss.smoothing());
        classifier = child("fc", new Linear(kernels, config.inChannels, config.numClasses, true, Init.normal(0.01)));
    }

    @Override
    public NDList scores(NDList features, Pass pass) {
        return new NDList(scores.of(Scores.vector(features, "LinearClsHead"), classifier));
    }

    @Override
    public Losses losses(NDList predicted, NDArray label) {
        NDArray loss = scores.smoothedCrossEntropy(predicted.get(0), label);
        Losses losses = Losses.of(config.loss.lossWeight == 1 ? loss : loss.mul((float) config.loss.lossWeight));
        if (config.calAcc && label.getShape().dimension() == 1) {
            config.topk.forEach(k -> losses.with("top-" + k, scores.accuracy(predicted.get(0), label, k)));
        }
        return losses;
    }
}
