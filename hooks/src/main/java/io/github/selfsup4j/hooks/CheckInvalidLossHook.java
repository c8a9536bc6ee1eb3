package io.github.selfsup4j.hooks;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.InvalidNumbers;
import io.github.selfsup4j.runner.PastStep;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import jakarta.inject.Inject;
import java.util.List;
import java.util.SortedSet;

/**
 * Stops a run whose loss, or gradient norm, is not finite, and says all that is known about it; or lets it return to
 * its last checkpoint and go on without the batches that did it. A step that loss scaling skipped is none of its
 * business. Reference: {@code CheckInvalidLossHook} of mmcv, which stops.
 */
@Component("CheckInvalidLossHook")
public final class CheckInvalidLossHook implements Hook {

    /** What becomes of the run. */
    public enum OnInvalid {
        /** It ends at the next check. */
        STOP,
        /** It returns to its last checkpoint at once, and leaves out the batches that did it from then on. */
        ROLLBACK
    }

    /** Keys of {@code CheckInvalidLossHook}. */
    public static final class Config implements Validated {
        /** Iterations between checks. */
        public int interval = 50;
        /** {@code stop} or {@code rollback}. */
        public OnInvalid onInvalid = OnInvalid.STOP;
        /** How often the run may roll back before it stops. */
        public int maxRollbacks = 3;

        @Override
        public void validate(Checks checks) {
            checks.require(interval > 0, "interval", "a positive number");
            checks.require(maxRollbacks >= 0, "maxRollbacks", "0 or more");
        }
    }

    private final Config config;
    private String report;

    @Inject
    CheckInvalidLossHook(Config config) {
        this.config = config;
    }

    /** The report is made at the first invalid iteration, whose parameters and batch it is about. */
    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (report == null && newestIsInvalid(run, step)) {
            report = InvalidNumbers.report(run);
            if (config.onInvalid == OnInvalid.ROLLBACK) {
                rollBack(run);
            }
        }
        if (report != null && (run.everyIterations(config.interval) || run.lastIteration())) {
            run.stop(report);
        }
    }

    private static boolean newestIsInvalid(RunContext run, StepResult step) {
        List<PastStep> steps = run.pastSteps();
        return !step.leftOut()
                && !steps.isEmpty()
                && steps.get(steps.size() - 1).invalid();
    }

    private void rollBack(RunContext run) {
        if (run.lastCheckpoint().isEmpty() || run.rollBacks() >= config.maxRollbacks) {
            run.stop(report + "\n  "
                    + (run.lastCheckpoint().isEmpty()
                            ? "So it can't roll back."
                            : "It rolled back " + run.rollBacks() + " times already."));
            return;
        }
        SortedSet<Long> suspects = InvalidNumbers.suspects(run);
        run.log()
                .warn(report + "\n  Rolling back, for the " + (run.rollBacks() + 1) + ". time of at most "
                        + config.maxRollbacks + ": going on from there without the batches of iterations "
                        + suspects.stream().map(iteration -> iteration + 1).toList());
        run.rollBack(suspects);
        report = null;
    }
}
