package io.github.selfsup4j.hooks.log;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import java.util.Map;

/**
 * A hook that logs averages over an interval, and scores as they come. A logger of one's own implements
 * {@link #logTraining} and {@link #afterEvaluation}. Reference: {@code LoggerHook} of mmcv.
 */
public abstract class LoggerHook implements Hook {

    /** Keys of every logger. */
    public abstract static class Config implements Validated {
        /** Iterations between log lines, and over which they average. */
        public int interval = 10;
        /** Whether to log nothing at the end of an epoch for the iterations since the last line. */
        public boolean ignoreLast = true;
        /** Whether intervals begin with an epoch; null for true if the runner counts epochs. */
        public Boolean byEpoch = null;

        @Override
        public void validate(Checks checks) {
            checks.require(interval > 0, "interval", "a positive number");
        }
    }

    private static final long NONE = -1;

    private final Config config;
    private boolean inIteration;
    /** The iteration that was logged last. */
    private long logged = NONE;

    /** @param config the keys that all loggers share */
    protected LoggerHook(Config config) {
        this.config = config;
    }

    /** Logs averages of {@code run.values()}; called in the last iteration of an interval. */
    protected abstract void logTraining(RunContext run, Map<String, Double> averages);

    /** Logs scores. */
    @Override
    public abstract void afterEvaluation(RunContext run, Evaluation evaluation);

    /** Whether intervals begin with an epoch. */
    protected final boolean byEpoch(RunContext run) {
        return config.byEpoch == null ? run.countsEpochs() : config.byEpoch;
    }

    @Override
    public Priority priority() {
        return Priority.VERY_LOW;
    }

    @Override
    public void beforeRun(RunContext run) {
        run.values().remember(config.interval);
    }

    @Override
    public void beforeTrainEpoch(RunContext run) {
        if (byEpoch(run) && run.innerIteration() == 0) {
            run.values().clear();
        }
    }

    @Override
    public void beforeTrainIter(RunContext run) {
        inIteration = true;
        logged = NONE;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        logIfDue(run);
        inIteration = false;
    }

    /** A checkpoint in the middle of the hooks of an iteration: a run resumed from it would not log that iteration. */
    @Override
    public void beforeCheckpoint(RunContext run) {
        if (inIteration) {
            logIfDue(run);
        }
    }

    private void logIfDue(RunContext run) {
        boolean full = byEpoch(run) ? run.everyInnerIterations(config.interval) : run.everyIterations(config.interval);
        if (logged != run.iteration() && (full || (run.endOfEpoch() && !config.ignoreLast))) {
            logTraining(run, run.values().averages(config.interval));
            logged = run.iteration();
        }
    }
}
