package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Falls to a minimum over the whole run, in a straight line. */
@Component("LinearAnnealingLrUpdaterHook")
public final class LinearAnnealingLrUpdaterHook extends AnnealedLrUpdaterHook {

    /** Keys of {@code policy: LinearAnnealing}. */
    public static final class Config extends AnnealedLrUpdaterHook.Config {}

    @Inject
    LinearAnnealingLrUpdaterHook(Config config) {
        super(config);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return Annealing.LINEAR.between(initial, target(initial), fraction(progress));
    }
}
