package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Falls to a minimum as a power of the part of the run that is left. */
@Component("PolyLrUpdaterHook")
public final class PolyLrUpdaterHook extends LrUpdaterHook {

    /** Keys of {@code policy: Poly}. */
    public static final class Config extends LrUpdaterHook.Config {
        /** The exponent; 1 is a straight line. */
        public double power = 1;
        /** The last learning rate. */
        public double minLr = 0;
    }

    private final Config config;

    @Inject
    PolyLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return (initial - config.minLr) * Math.pow(1 - fraction(progress), config.power) + config.minLr;
    }
}
