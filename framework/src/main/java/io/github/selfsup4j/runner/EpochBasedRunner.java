package io.github.selfsup4j.runner;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Trains a number of epochs. */
@Component("EpochBasedRunner")
public final class EpochBasedRunner implements Runner {

    /** Keys of {@code EpochBasedRunner}. */
    public static final class Config implements Validated {
        /** Number of epochs. */
        public Integer maxEpochs = null;
        /** Number of iterations, instead of epochs; rounded up to whole epochs. */
        public Long maxIters = null;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    (maxEpochs == null) != (maxIters == null), "maxEpochs", "a number, or max_iters instead, not both");
            checks.require(maxEpochs == null || maxEpochs > 0, "maxEpochs", "a positive number");
            checks.require(maxIters == null || maxIters > 0, "maxIters", "a positive number");
        }
    }

    private final Config config;

    @Inject
    EpochBasedRunner(Config config) {
        this.config = config;
    }

    @Override
    public RunLength length(int iterationsPerEpoch) {
        int epochs = config.maxEpochs != null
                ? config.maxEpochs
                : Math.toIntExact((config.maxIters + iterationsPerEpoch - 1) / iterationsPerEpoch);
        return new RunLength(epochs, (long) epochs * iterationsPerEpoch, true);
    }
}
