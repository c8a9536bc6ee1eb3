package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Multiplies the learning rate by {@code gamma} after every epoch or iteration. */
@Component("ExpLrUpdaterHook")
public final class ExpLrUpdaterHook extends LrUpdaterHook {

    /** Keys of {@code policy: Exp}. */
    public static final class Config extends LrUpdaterHook.Config {
        /** The factor. */
        @Required
        public double gamma;
    }

    private final Config config;

    @Inject
    ExpLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return initial * Math.pow(config.gamma, (double) done(progress));
    }
}
