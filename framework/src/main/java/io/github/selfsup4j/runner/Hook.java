package io.github.selfsup4j.runner;

import io.github.selfsup4j.registry.Kind;

/**
 * Something done at named moments of a run. Override the stages that matter; a hook reaches the run through its
 * {@link RunContext} only.
 *
 * <pre>{@code
 * @Component("CheckInvalidLossHook")
 * public final class CheckInvalidLossHook implements Hook {
 *     @Override public void afterTrainIter(RunContext run, StepResult step) {
 *         if (!Double.isFinite(step.loss())) run.stop("loss is " + step.loss());
 *     }
 * }
 * }</pre>
 */
@Kind("hook")
public interface Hook {
    /** The priority unless the config gives one ({@code priority: VERY_LOW}, or a number from 0 to 100). */
    default Priority priority() {
        return Priority.NORMAL;
    }

    /** Once, after everything was built and weights were loaded. */
    default void beforeRun(RunContext run) {}

    /** Before the first iteration of an epoch. */
    default void beforeTrainEpoch(RunContext run) {}

    /** Before the batch of an iteration goes into the model. */
    default void beforeTrainIter(RunContext run) {}

    /** After the optimizer's step of an iteration; {@code run.iteration()} is still that iteration's. */
    default void afterTrainIter(RunContext run, StepResult step) {}

    /** After the last iteration of an epoch; {@code run.epoch()} is still that epoch's. */
    default void afterTrainEpoch(RunContext run) {}

    /** After some hook evaluated the model and told the scores by {@link RunContext#report}, at any stage. */
    default void afterEvaluation(RunContext run, Evaluation evaluation) {}

    /**
     * Before a checkpoint is written that the run can be resumed from: at any stage, whenever some hook asks for one.
     * What a hook has to write about the iterations until now, it writes here: a run that is killed and resumed does
     * not come back to them.
     */
    default void beforeCheckpoint(RunContext run) {}

    /** Once, at the regular end of a run. */
    default void afterRun(RunContext run) {}
}
