package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/**
 * Falls to a minimum in half a period of a cosine that begins after the warm-up; a linear warm-up begins at 0, whatever
 * {@code warmup_ratio}. During the warm-up the regular value is the cosine continued backwards. Reference:
 * {@code StepFixCosineAnnealingLrUpdaterHook} of MMSelfSup.
 */
@Component("StepFixCosineAnnealingLrUpdaterHook")
public final class StepFixCosineAnnealingLrUpdaterHook extends AnnealedLrUpdaterHook {

    /** Keys of {@code policy: StepFixCosineAnnealing}. */
    public static final class Config extends AnnealedLrUpdaterHook.Config {}

    @Inject
    StepFixCosineAnnealingLrUpdaterHook(Config config) {
        super(config);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        long warmUp = warmUpIterations(progress) / (byEpoch(progress) ? progress.iterationsPerEpoch() : 1);
        long annealed = max(progress) - warmUp;
        // a run that is all warm-up has no cosine
        double fraction = annealed == 0 ? 0 : (double) (done(progress) - warmUp) / annealed;
        return Annealing.COS.between(initial, target(initial), fraction);
    }

    @Override
    double warmUpFactor(WarmUp warmUp, double fraction) {
        return warmUp == WarmUp.LINEAR ? fraction : super.warmUpFactor(warmUp, fraction);
    }
}
