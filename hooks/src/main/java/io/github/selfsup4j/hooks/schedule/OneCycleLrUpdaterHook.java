package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Goes up to a peak and down to nearly nothing in one cycle; the optimizer's own learning rate plays no part. */
@Component("OneCycleLrUpdaterHook")
public final class OneCycleLrUpdaterHook extends LrUpdaterHook {

    /** Keys of {@code policy: OneCycle}. */
    public static final class Config extends LrUpdaterHook.Config {
        /** The peak: one number, or one for each parameter group. */
        @Required
        public Numbers maxLr;
        /** Number of iterations that the cycle takes, at least those of the run; null for these. */
        public Integer totalSteps = null;
        /** Which part of the cycle leads to the peak, 0 to 1. */
        public double pctStart = 0.3;
        /** The curve. */
        public Annealing annealStrategy = Annealing.COS;
        /** What the peak is divided by to get the first learning rate. */
        public double divFactor = 25;
        /** What the first learning rate is divided by to get the last one. */
        public double finalDivFactor = 1e4;
        /** Whether to return to the first learning rate before going to the last one. */
        public boolean threePhase = false;

        /** The defaults. */
        public Config() {
            byEpoch = false;
        }

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            requireIterations(checks);
            checks.require(pctStart >= 0 && pctStart <= 1, "pctStart", "a number in [0, 1]");
            checks.require(divFactor > 0, "divFactor", "a positive number");
            checks.require(finalDivFactor > 0, "finalDivFactor", "a positive number");
        }
    }

    private final Config config;
    private final OneCycle cycle;

    @Inject
    OneCycleLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
        cycle = new OneCycle(config.pctStart, config.annealStrategy, config.threePhase);
    }

    /** @throws ConfigException if {@code total_steps} is less than the run */
    @Override
    protected double regular(double initial, int group, Progress progress) {
        long total = config.totalSteps == null ? progress.maxIterations() : config.totalSteps;
        if (total < progress.maxIterations()) {
            throw ConfigException.of("lr_config.total_steps is " + total + ", less than the " + progress.maxIterations()
                    + " iterations of the run");
        }
        double first = config.maxLr.get(group) / config.divFactor;
        return cycle.value(first, first * config.divFactor, first / config.finalDivFactor, progress.iteration(), total);
    }
}
