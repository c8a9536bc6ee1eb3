package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Moves the momentum to a minimum over the whole run, in half a period of a cosine. */
@Component("CosineAnnealingMomentumUpdaterHook")
public final class CosineAnnealingMomentumUpdaterHook extends AnnealedMomentumUpdaterHook {

    /** Keys of {@code policy: CosineAnnealing}. */
    public static final class Config extends AnnealedMomentumUpdaterHook.Config {}

    @Inject
    CosineAnnealingMomentumUpdaterHook(Config config) {
        super(config);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return Annealing.COS.between(initial, target(initial), fraction(progress));
    }
}
