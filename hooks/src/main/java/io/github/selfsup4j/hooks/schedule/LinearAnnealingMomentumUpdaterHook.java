package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Moves the momentum to a minimum over the whole run, in a straight line. */
@Component("LinearAnnealingMomentumUpdaterHook")
public final class LinearAnnealingMomentumUpdaterHook extends AnnealedMomentumUpdaterHook {

    /** Keys of {@code policy: LinearAnnealing}. */
    public static final class Config extends AnnealedMomentumUpdaterHook.Config {}

    @Inject
    LinearAnnealingMomentumUpdaterHook(Config config) {
        super(config);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return Annealing.LINEAR.between(initial, target(initial), fraction(progress));
    }
}
