package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/**
 * Moves the momentum against the learning rate of {@code policy: OneCycle}; the optimizer's own momentum plays no part.
 */
@Component("OneCycleMomentumUpdaterHook")
public final class OneCycleMomentumUpdaterHook extends MomentumUpdaterHook {

    /** Keys of {@code policy: OneCycle}. */
    public static final class Config extends MomentumUpdaterHook.Config {
        /** The lowest momentum, at the peak of the learning rate: one number, or one for each parameter group. */
        public Numbers baseMomentum = Numbers.of(0.85);
        /** The first and last momentum: one number, or one for each parameter group. */
        public Numbers maxMomentum = Numbers.of(0.95);
        /** Which part of the run leads to the lowest momentum, 0 to 1. */
        public double pctStart = 0.3;
        /** The curve. */
        public Annealing annealStrategy = Annealing.COS;
        /** Whether to return to the first momentum as fast as it was left, and stay there. */
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
        }
    }

    private final Config config;
    private final OneCycle cycle;

    @Inject
    OneCycleMomentumUpdaterHook(Config config) {
        super(config);
        this.config = config;
        cycle = new OneCycle(config.pctStart, config.annealStrategy, config.threePhase);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        double max = config.maxMomentum.get(group);
        return cycle.value(max, config.baseMomentum.get(group), max, progress.iteration(), progress.maxIterations());
    }
}
