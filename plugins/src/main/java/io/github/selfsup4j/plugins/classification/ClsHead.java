package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** One linear classifier on a backbone's output (the reference's {@code ClsHead}). */
@Component("ClsHead")
public final class ClsHead extends Layer implements ClassificationHead {

    /** Keys of {@code ClsHead}. */
    public static final class Config implements Validated {
        /** Whether feature maps are averaged first. */
        public boolean withAvgPool = false;
        /** Number of channels of the features. */
        public int inChannels = 2048;
        /** Number of classes. */
        public int numClasses = 1000;
        /** Whether the backbone is a transformer that gives patches and class token: the class token is classified. */
        public boolean vitBackbone = false;

        @Override
        public void validate(Checks checks) {
            checks.require(inChannels > 0, "inChannels", "a positive number");
            checks.require(numClasses > 0, "numClasses", "a positive number");
        }
    }

    private final Config config;
    private final Scores scores;
    private final Linear classifier;

    @Inject
    ClsHead(Config config, Kernels kernels) {
        this.config = config;
        scores = new Scores(kernels, 0);
        classifier =
                child("fc_cls", new Linear(kernels, config.inChannels, config.numClasses, true, Init.normal(0.01)));
    }

    @Override
    public NDList scores(NDList features, Pass pass) {
        NDArray input = config.vitBackbone ? features.get(features.size() - 1) : features.singletonOrThrow();
        return new NDList(scores.of(config.withAvgPool ? scores.average(input) : input, classifier));
    }

    @Override
    public Losses losses(NDList predicted, NDArray label) {
        Losses losses = Losses.of(scores.crossEntropy(predicted.get(0), label));
        boolean mixed = label.getShape().dimension() > 1;
        return mixed ? losses : losses.with("acc", scores.accuracy(predicted.get(0), label));
    }
}
