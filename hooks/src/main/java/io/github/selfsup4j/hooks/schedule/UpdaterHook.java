package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.Progress;
import io.github.selfsup4j.runner.Schedule;
import java.util.List;

/** What learning-rate and momentum schedules share: a regular value, and a warm-up on top of it. */
abstract class UpdaterHook implements Schedule {

    /** Keys of every schedule. */
    public abstract static class Config implements Validated {
        /** Whether the value changes with epochs or with iterations; null for what the runner counts. */
        public Boolean byEpoch = null;
        /** How to warm up; null for no warm-up. */
        public WarmUp warmup = null;
        /** Length of the warm-up, in iterations unless {@code warmup_by_epoch}. */
        public int warmupIters = 0;

        @Override
        public void validate(Checks checks) {
            checks.require(warmup == null || warmupIters > 0, "warmupIters", "a positive number, as there is a warmup");
        }

        /** For schedules that are defined over iterations only. */
        final void requireIterations(Checks checks) {
            checks.require(Boolean.FALSE.equals(byEpoch), "byEpoch", "false: this schedule goes by iterations");
        }
    }

    private final Config config;

    UpdaterHook(Config config) {
        this.config = config;
    }

    /**
     * The value without warm-up.
     *
     * @param initial the value that the optimizer's config gives the parameter group
     * @param group index of the parameter group
     */
    protected abstract double regular(double initial, int group, Progress progress);

    /** The option of a parameter group that is set. */
    abstract String option(ParameterGroup group);

    /** The value during the warm-up. */
    abstract double warm(double regular, double factor);

    /**
     * The factor of the warm-up.
     *
     * @param fraction of it that is over
     */
    abstract double warmUpFactor(WarmUp warmUp, double fraction);

    /** Length of the warm-up in iterations; 0 if there is none. */
    long warmUpIterations(Progress progress) {
        return config.warmup == null ? 0 : config.warmupIters;
    }

    /** Whether epochs are counted, not iterations. */
    protected final boolean byEpoch(Progress progress) {
        return config.byEpoch == null ? progress.countsEpochs() : config.byEpoch;
    }

    /** Epochs or iterations completed. */
    protected final long done(Progress progress) {
        return progress.done(byEpoch(progress));
    }

    /** Epochs or iterations of the run. */
    protected final long max(Progress progress) {
        return progress.max(byEpoch(progress));
    }

    /** How much of the run is over, 0 to 1. */
    protected final double fraction(Progress progress) {
        return (double) done(progress) / max(progress);
    }

    /**
     * The value that an iteration trains with.
     *
     * @param initial the value that the optimizer's config gives the group
     */
    final double value(double initial, int group, Progress progress) {
        double regular = regular(initial, group, progress);
        long warmUp = warmUpIterations(progress);
        if (progress.iteration() >= warmUp) {
            return regular;
        }
        return warm(regular, warmUpFactor(config.warmup, (double) progress.iteration() / warmUp));
    }

    @Override
    public final void apply(List<ParameterGroup> groups, Progress progress) {
        for (int i = 0; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            String option = option(group);
            double value = value(group.initial(option), i, progress);
            if (!Double.isFinite(value)) {
                throw ConfigException.of(getClass().getSimpleName() + " gives " + option + " " + value
                        + " at iteration " + progress.iteration()
                        + ": is the warm-up as long as the whole run, or the run too short for the schedule?");
            }
            group.set(option, value);
        }
    }
}
