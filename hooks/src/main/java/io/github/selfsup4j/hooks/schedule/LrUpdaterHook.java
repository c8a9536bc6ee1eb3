package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.Progress;

/**
 * A learning-rate schedule: {@code lr_config: {policy: P, ...}} asks for the component {@code PLrUpdaterHook}. A
 * schedule of one's own says what its regular value is:
 *
 * <pre>{@code
 * @Component("HalvingLrUpdaterHook")
 * public final class HalvingLrUpdaterHook extends LrUpdaterHook {
 *     public static final class Config extends LrUpdaterHook.Config {}
 *     @Inject HalvingLrUpdaterHook(Config config) { super(config); }
 *     @Override protected double regular(double initial, int group, Progress progress) {
 *         return initial * Math.pow(0.5, done(progress));
 *     }
 * }
 * }</pre>
 *
 * Reference: {@code LrUpdaterHook} of mmcv.
 */
public abstract class LrUpdaterHook extends UpdaterHook {

    /** Keys of every learning-rate schedule. */
    public abstract static class Config extends UpdaterHook.Config {
        /** The first learning rate of the warm-up, as a fraction of the regular one, in (0, 1]. */
        public double warmupRatio = 0.1;
        /** Whether {@code warmup_iters} counts epochs. */
        public boolean warmupByEpoch = false;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(
                    warmup == null || (warmupRatio > 0 && warmupRatio <= 1), "warmupRatio", "a number in (0, 1]");
        }
    }

    private final Config config;

    /** @param config the keys that all schedules share */
    protected LrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    public Priority priority() {
        return Priority.VERY_HIGH;
    }

    @Override
    final String option(ParameterGroup group) {
        return "lr";
    }

    @Override
    final double warm(double regular, double factor) {
        return regular * factor;
    }

    @Override
    double warmUpFactor(WarmUp warmUp, double fraction) {
        return warmUp.factor(fraction, config.warmupRatio);
    }

    @Override
    final long warmUpIterations(Progress progress) {
        return super.warmUpIterations(progress) * (config.warmupByEpoch ? progress.iterationsPerEpoch() : 1);
    }
}
