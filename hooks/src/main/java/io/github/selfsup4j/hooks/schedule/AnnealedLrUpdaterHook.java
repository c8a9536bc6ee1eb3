package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;

/** A learning-rate schedule that ends at a minimum. */
public abstract class AnnealedLrUpdaterHook extends LrUpdaterHook {

    /** Keys of schedules that end at a minimum: one of the two must be given. */
    public abstract static class Config extends LrUpdaterHook.Config {
        /** The last learning rate. */
        public Double minLr = null;
        /** The last learning rate as a fraction of the initial one, instead of {@code min_lr}. */
        public Double minLrRatio = null;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(
                    (minLr == null) != (minLrRatio == null), "minLr", "a number here or as min_lr_ratio, not both");
        }
    }

    private final Config config;

    /** @param config the keys that all such schedules share */
    protected AnnealedLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    /**
     * The last learning rate.
     *
     * @param initial the first one
     */
    protected final double target(double initial) {
        return config.minLrRatio == null ? config.minLr : initial * config.minLrRatio;
    }
}
