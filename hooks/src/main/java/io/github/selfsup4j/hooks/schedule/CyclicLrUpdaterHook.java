package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;
import java.util.List;

/** Goes up from the initial learning rate to a peak and down again, in cycles. */
@Component("CyclicLrUpdaterHook")
public final class CyclicLrUpdaterHook extends LrUpdaterHook {

    /** Keys of {@code policy: Cyclic}. */
    public static final class Config extends LrUpdaterHook.Config {
        /**
         * The learning rates of the peak and of the end of a cycle, relative to the initial one; a single number is the
         * peak, the end then 1e-5 of it.
         */
        public Numbers targetRatio = Numbers.of(List.of(10.0, 1e-4));
        /** Number of cycles in a run. */
        public int cyclicTimes = 1;
        /** Which part of a cycle goes up, in [0, 1). */
        public double stepRatioUp = 0.4;
        /** The curve. */
        public Annealing annealStrategy = Annealing.COS;
        /** What the height of the peak is multiplied by from cycle to cycle, in (0, 1]. */
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
    CyclicLrUpdaterHook(Config config) {
        super(config);
        cycle = Cycle.of(
                config.targetRatio, config.cyclicTimes, config.stepRatioUp, config.annealStrategy, config.gamma);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return cycle.value(initial, progress.iteration(), progress.maxIterations());
    }
}
