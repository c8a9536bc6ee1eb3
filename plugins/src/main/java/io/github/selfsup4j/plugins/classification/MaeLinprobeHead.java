package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/**
 * Linear classifier on features normalised over the batch, for linear probing (MAE, appendix A.1; the reference's
 * {@code MAELinprobeHead}).
 */
@Component("MAELinprobeHead")
public final class MaeLinprobeHead extends Layer implements ClassificationHead {
    private static final double EPS = 1e-6;

    /** Keys of {@code MAELinprobeHead}. */
    public static final class Config implements Validated {
        /** Dimension of the features. */
        @Required
        public int embedDim;
        /** Number of classes. */
        public int numClasses = 1000;

        @Override
        public void validate(Checks checks) {
            checks.require(embedDim > 0, "embedDim", "a positive number");
            checks.require(numClasses > 0, "numClasses", "a positive number");
        }
    }

    private final Scores scores;
    private final Linear classifier;
    private final BatchNorm norm;
    private final Kernel training;
    private final Kernel evaluation;

    @Inject
    MaeLinprobeHead(Config config, Kernels kernels) {
        scores = new Scores(kernels, 0);
        training = kernel(kernels, 1);
        evaluation = kernel(kernels, 0);
        classifier = child(
                "head", new Linear(kernels, config.embedDim, config.numClasses, true, Init.truncatedNormal(0.01)));
        norm = child(
                "bn",
                new BatchNorm(
                        kernels,
                        config.embedDim,
                        BatchNormConfig.of(BatchNormConfig.Type.VECTORS).withAffine(false)));
    }

    private static Kernel kernel(Kernels kernels, int train) {
        return kernels.load(
                MaeLinprobeHead.class,
                "heads.torchscript",
                Map.of("smoothing", 0.0, "train", train, "momentum", 0.1, "eps", EPS));
    }

    @Override
    public NDList scores(NDList features, Pass pass) {
        List<NDArray> statistics = norm.arrays();
        NDArray normalised = (pass.training() ? training : evaluation)
                .call(
                        "normalize",
                        Scores.vector(features, "MAELinprobeHead"),
                        statistics.get(2),
                        statistics.get(3),
                        statistics.get(4));
        return new NDList(scores.of(normalised, classifier));
    }

    @Override
    public Losses losses(NDList predicted, NDArray label) {
        return Losses.of(scores.crossEntropy(predicted.get(0), label));
    }
}
