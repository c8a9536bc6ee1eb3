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

/** Linear classifier with smoothed labels, for fine-tuning (the reference's {@code MAEFinetuneHead}). */
@Component("MAEFinetuneHead")
public final class MaeFinetuneHead extends Layer implements ClassificationHead {

    /** Keys of {@code MAEFinetuneHead}. */
    public static final class Config implements Validated {
        /** Dimension of the features. */
        @Required
        public int embedDim;
        /** Number of classes. */
        public int numClasses = 1000;
        /** Share of a label that goes to all classes alike. */
        public double labelSmoothVal = 0.1;

        @Override
        public void validate(Checks checks) {
            checks.require(embedDim > 0, "embedDim", "a positive number");
            checks.require(numClasses > 0, "numClasses", "a positive number");
            checks.require(labelSmoothVal >= 0 && labelSmoothVal < 1, "labelSmoothVal", "a number in [0, 1)");
        }
    }

    private final Scores scores;
    private final Linear classifier;

    @Inject
    MaeFinetuneHead(Config config, Kernels kernels) {
        scores = new Scores(kernels, config.labelSmoothVal);
        classifier = child(
                "head", new Linear(kernels, config.embedDim, config.numClasses, true, Init.truncatedNormal(2e-5)));
    }

    @Override
    public NDList scores(NDList features, Pass pass) {
        return new NDList(scores.of(Scores.vector(features, "MAEFinetuneHead"), classifier));
    }

    @Override
    public Losses losses(NDList predicted, NDArray label) {
        return Losses.of(scores.smoothedCrossEntropy(predicted.get(0), label));
    }
}
