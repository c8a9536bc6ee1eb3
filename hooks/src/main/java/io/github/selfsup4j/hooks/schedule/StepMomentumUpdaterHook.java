package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Multiplies the momentum by {@code gamma} at every step. */
@Component("StepMomentumUpdaterHook")
public final class StepMomentumUpdaterHook extends MomentumUpdaterHook {

    /** Keys of {@code policy: Step}. */
    public static final class Config extends MomentumUpdaterHook.Config {
        /** How often to decay (an integer), or when (a list), in epochs, or iterations if {@code by_epoch} is false. */
        @Required
        public Steps step;
        /** The factor of a step. */
        public double gamma = 0.5;
        /** What the momentum never falls below; null for no bound. */
        public Double minMomentum = null;
    }

    private final Config config;

    @Inject
    StepMomentumUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return config.step.decayed(initial, config.gamma, config.minMomentum, done(progress));
    }
}
