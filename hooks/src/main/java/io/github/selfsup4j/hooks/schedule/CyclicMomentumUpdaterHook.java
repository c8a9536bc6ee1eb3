package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Moves the momentum from its initial value to another and back, in cycles; goes with {@code policy: Cyclic} of the
 * learning rate.
 */
@Component("CyclicMomentumUpdaterHook")
public final class CyclicMomentumUpdaterHook extends MomentumUpdaterHook {

    /** Keys of {@code policy: Cyclic}. */
    public static final class Config extends MomentumUpdaterHook.Config {
        /**
         * The momenta at the turning point and at the end of a cycle, relative to the initial one; a single number is
         * the former, the latter then 1e-5 of it.
         */
        public Numbers targetRatio = Numbers.of(List.of(0.85 / 0.95, 1.0));
        /** Number of cycles in a run. */
        public int cyclicTimes = 1;
        /** Which part of a cycle leads to the turning point, in [0, 1). */
        public double stepRatioUp = 0.4;
        /** The curve. */
        public Annealing annealStrategy = Annealing.COS;
        /** What the distance of the turning point is multiplied by from cycle to cycle, in (0, 1]. */
        public double gamma = 1;

        /** The defaults. */
        public Config() {
            byEpoch = false;
        }

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            requireIterations(checks);
            checks.require(targetRatio.values().size() <= 2, "targetRatio", "one or two numbers");
            checks.require(cyclicTimes > 0, "cyclicTimes", "a positive number");
            checks.require(stepRatioUp >= 0 && stepRatioUp < 1, "stepRatioUp", "a number in [0, 1)");
            checks.require(gamma > 0 && gamma <= 1, "gamma", "a number in (0, 1]");
        }
    }

    private final Cycle cycle;

    @Inject
    CyclicMomentumUpdaterHook(Config config) {
        super(config);
        cycle = Cycle.of(
                config.targetRatio, config.cyclicTimes, config.stepRatioUp, config.annealStrategy, config.gamma);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return cycle.value(initial, progress.iteration(), progress.maxIterations());
    }
}
