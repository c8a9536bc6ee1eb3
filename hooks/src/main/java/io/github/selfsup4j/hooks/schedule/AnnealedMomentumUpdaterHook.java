package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;

/** A momentum schedule that ends at a minimum. */
public abstract class AnnealedMomentumUpdaterHook extends MomentumUpdaterHook {

    /** Keys of schedules that end at a minimum: one of the two must be given. */
    public abstract static class Config extends MomentumUpdaterHook.Config {
        /** The last momentum. */
        public Double minMomentum = null;
        /** The last momentum as a fraction of the initial one, instead of {@code min_momentum}. */
        public Double minMomentumRatio = null;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(
                    (minMomentum == null) != (minMomentumRatio == null),
                    "minMomentum",
                    "a number here or as min_momentum_ratio, not both");
        }
    }

    private final Config config;

    /** @param config the keys that all such schedules share */
    protected AnnealedMomentumUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    /**
     * The last momentum.
     *
     * @param initial the first one
     */
    protected final double target(double initial) {
        return config.minMomentumRatio == null ? config.minMomentum : initial * config.minMomentumRatio;
    }
}
