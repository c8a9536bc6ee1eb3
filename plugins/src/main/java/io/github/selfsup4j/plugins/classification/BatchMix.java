package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import java.util.Arrays;
import java.util.Map;

/** A way to mix each image of a batch, and its label, with another one of it. */
abstract sealed class BatchMix implements Validated permits BatchMixup, BatchCutMix, NoMix {
    /** Number of classes. */
    @Required
    public int numClasses;
    /** The probability that a batch is mixed this way. */
    public double prob = 1;

    @Override
    public void validate(Checks checks) {
        checks.require(numClasses > 0, "numClasses", "a positive number");
        checks.require(prob >= 0 && prob <= 1, "prob", "a number in [0, 1]");
    }

    /**
     * Mixes a batch.
     *
     * @param label int64 {@code [batch]}
     */
    abstract Augments.Mixed apply(NDArray images, NDArray label, Pass pass, Kernels kernels);

    final Kernel kernel(Kernels kernels) {
        return kernels.load(BatchMix.class, "augments.torchscript", Map.of("classes", numClasses));
    }

    /** The share of the first of two images, from Beta(alpha, alpha). */
    static double share(Pass pass, double alpha) {
        return pass.draw("lam", random -> pass.scope().create(beta(random, alpha)))
                .getDouble();
    }

    /** Which other image each is mixed with: int64 {@code [batch]}. */
    static NDArray partners(Pass pass, long batch) {
        return pass.draw("index", random -> pass.scope()
                .create(Arrays.stream(random.permutation((int) batch))
                        .asLongStream()
                        .toArray()));
    }

    static Augments.Mixed mixed(NDList imagesAndLabels) {
        return new Augments.Mixed(imagesAndLabels.get(0), imagesAndLabels.get(1));
    }

    private static double beta(RandomStream random, double alpha) {
        double first = gamma(random, alpha);
        double second = gamma(random, alpha);
        return first + second == 0 ? random.randint(0, 1) : first / (first + second);
    }

    /** Marsaglia and Tsang, 2000; below 1 by the power of a uniform number, as they advise. */
    private static double gamma(RandomStream random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(random.uniform(0, 1), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        while (true) {
            double x = random.gaussian();
            double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(random.uniform(0, 1)) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
