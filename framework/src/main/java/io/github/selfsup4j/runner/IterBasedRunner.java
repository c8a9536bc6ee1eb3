package io.github.selfsup4j.runner;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Trains a number of iterations, over as many epochs as they take. */
@Component("IterBasedRunner")
public final class IterBasedRunner implements Runner {

    /** Keys of {@code IterBasedRunner}. */
    public static final class Config implements Validated {
        /** Number of iterations. */
        public Long maxIters = null;
        /** Number of epochs, instead of iterations. */
        public Integer maxEpochs = null;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    (maxEpochs == null) != (maxIters == null), "maxIters", "a number, or max_epochs instead, not both");
            checks.require(maxEpochs == null || maxEpochs > 0, "maxEpochs", "a positive number");
            checks.require(maxIters == null || maxIters > 0, "maxIters", "a positive number");
        }
    }

    private final Config config;

    @Inject
    IterBasedRunner(Config config) {
        this.config = config;
    }

    @Override
    public RunLength length(int iterationsPerEpoch) {
        long iterations = config.maxIters != null ? config.maxIters : (long) config.maxEpochs * iterationsPerEpoch;
        return new RunLength(
                Math.toIntExact((iterations + iterationsPerEpoch - 1) / iterationsPerEpoch), iterations, false);
    }
}
