package io.github.selfsup4j.hooks;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;

import jakarta.inject.Inject;

/** Stops a run whose loss is not finite. */
@Component("CheckInvalidLossHook")
public final class CheckInvalidLossHook implements Hook {

    /** Keys of {@code CheckInvalidLossHook}. */
    public static final class Config implements Validated {
        /** Iterations between checks. */
        public int interval = 50;

        @Override
        public void validate(Checks checks) {
            checks.require(interval > 0, "interval", "a positive number");
        }
    }

    private final int interval;

    @Inject
    CheckInvalidLossHook(Config config) {
        interval = config.interval;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (run.everyIterations(interval) && !Double.isFinite(step.loss())) {
            run.stop("the loss is " + step.loss() + " at iteration " + (run.iteration() + 1) + " (" + step.losses()
                    + "). A lower learning rate, a longer warm-up, clipping (optimizer_config.grad_clip) or more precision may help");
        }
    }
}
