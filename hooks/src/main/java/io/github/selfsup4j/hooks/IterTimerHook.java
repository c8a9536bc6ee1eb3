package io.github.selfsup4j.hooks;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import jakarta.inject.Inject;

/**
 * Logs {@code time}, the seconds of an iteration, and {@code data_time}, those of them that were spent waiting for
 * data. Reference: {@code IterTimerHook} of mmcv.
 */
@Component("IterTimerHook")
public final class IterTimerHook implements Hook {
    private long start;

    @Inject
    IterTimerHook() {}

    @Override
    public Priority priority() {
        return Priority.LOW;
    }

    @Override
    public void beforeTrainEpoch(RunContext run) {
        start = System.nanoTime();
    }

    @Override
    public void beforeTrainIter(RunContext run) {
        run.values().add("data_time", secondsSinceStart());
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        run.values().add("time", secondsSinceStart());
        start = System.nanoTime();
    }

    /** An evaluation is no part of the next iteration. */
    @Override
    public void afterEvaluation(RunContext run, Evaluation evaluation) {
        start = System.nanoTime();
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - start) / 1e9;
    }
}
