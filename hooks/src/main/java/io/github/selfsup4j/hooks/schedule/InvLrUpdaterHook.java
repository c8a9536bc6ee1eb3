package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Divides the learning rate by {@code (1 + gamma * done)^power}. */
@Component("InvLrUpdaterHook")
public final class InvLrUpdaterHook extends LrUpdaterHook {

    /** Keys of {@code policy: Inv}. */
    public static final class Config extends LrUpdaterHook.Config {
        /** How fast it falls. */
        @Required
        public double gamma;
        /** The exponent. */
        public double power = 1;
    }

    private final Config config;

    @Inject
    InvLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return initial * Math.pow(1 + config.gamma * done(progress), -config.power);
    }
}
