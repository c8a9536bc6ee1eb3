package io.github.selfsup4j.runner;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.io.disk.DiskProblem;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.optim.ParameterGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The training loop: epochs of iterations, and in an iteration forward, backward and the optimizer's step, with hooks
 * called at every {@link Stage}.
 */
public final class TrainingRun implements RunContext {
    /** Half of a half of a ... of any loss scale: what still overflows then is no number at all. */
    private static final int MOST_SKIPPED_IN_A_ROW = 50;

    private final RunSettings settings;
    private final RunInfo info;
    private final Algorithm model;
    private final NDManager manager;
    private final ParameterUpdate update;
    private final TrainingData data;
    private final HookList hooks;
    private final RunLog log;
    private final LogBuffer values = new LogBuffer();
    private final PastSteps pastSteps = new PastSteps();
    private final RollBacks rollBacks = new RollBacks();
    private final RunLength length;
    private final TrainingStep step;
    private final RunState state;
    private int epoch;
    private long iteration;
    private int innerIteration;
    private boolean stepDone;
    private boolean epochDone;
    private boolean invalidCheckpoint;

    /**
     * A run at its beginning.
     *
     * @param info what identifies it
     * @param model with its arrays, on the run's device
     * @param manager the owner of those arrays
     * @param update what is done with gradients
     */
    public TrainingRun(
            RunSettings settings,
            RunInfo info,
            Algorithm model,
            NDManager manager,
            ParameterUpdate update,
            TrainingData data,
            Runner runner,
            HookList hooks,
            RunLog log) {
        this.settings = settings;
        this.info = info;
        this.model = model;
        this.manager = manager;
        this.update = update;
        this.data = data;
        this.hooks = hooks;
        this.log = log;
        this.length = runner.length(data.batches());
        this.step = new TrainingStep(model, manager, update, settings.seed());
        this.state = new RunState(model, update, values, rollBacks, hooks, data.batches(), info.config(), log);
    }

    /** Replaces the random draws of iterations, to compare a model with another implementation. */
    public void drawFrom(LongFunction<Draws> draws) {
        step.drawFrom(draws);
    }

    /**
     * Trains to the end.
     *
     * @throws RunFailedException if a hook stops the run
     */
    public void run() {
        run(length.iterations());
    }

    /**
     * Trains up to an iteration, which may be before the end.
     *
     * @throws RunFailedException if a hook stops the run
     */
    public void run(long lastIteration) {
        hooks.call(hook -> hook.beforeRun(this));
        while (iteration < lastIteration) {
            trainEpoch(lastIteration);
        }
        stopIfInvalid(invalidCheckpoint);
        hooks.call(hook -> hook.afterRun(this));
    }

    private void trainEpoch(long lastIteration) {
        hooks.call(hook -> hook.beforeTrainEpoch(this));
        try (TrainingData.Batches batches = data.epoch(epoch, innerIteration)) {
            while (batches.hasNext() && iteration < lastIteration && !rollBacks.requested()) {
                long start = System.nanoTime();
                TrainingData.Pending batch = batches.next();
                long waited = System.nanoTime() - start;
                boolean checkpointWasInvalid = invalidCheckpoint;
                hooks.call(hook -> hook.beforeTrainIter(this));
                StepResult result = rollBacks.leavesOut(iteration) ? leaveOut(batch) : step.train(batch, waited, this);
                remember(result, batch);
                result.losses().forEach((name, value) -> values.add(name, value, result.batchSize()));
                result.gradientNorm().ifPresent(norm -> values.add("grad_norm", norm, result.batchSize()));
                stepDone = true;
                hooks.call(hook -> hook.afterTrainIter(this, result));
                stepDone = false;
                stopIfInvalid(checkpointWasInvalid);
                iteration++;
                innerIteration++;
            }
        }
        if (rollBacks.requested()) {
            returnToCheckpoint();
        } else if (innerIteration == iterationsPerEpoch()) {
            epochDone = true;
            hooks.call(hook -> hook.afterTrainEpoch(this));
            epochDone = false;
            epoch++;
            innerIteration = 0;
        }
    }

    private void remember(StepResult result, TrainingData.Pending batch) {
        if (!result.leftOut()) {
            pastSteps.add(new PastStep(
                    iteration,
                    parameterGroups().get(0).lr(),
                    result.loss(),
                    result.gradientNorm(),
                    update.skippedInARow() > 0,
                    batch.origins()));
        }
    }

    /** Called after the hooks, which may know better: to roll back. */
    private void stopIfInvalid(boolean checkpointWasInvalid) {
        if ((checkpointWasInvalid || update.skippedInARow() > MOST_SKIPPED_IN_A_ROW) && !rollBacks.requested()) {
            stop(InvalidNumbers.report(this));
        }
    }

    private StepResult leaveOut(TrainingData.Pending batch) {
        log.info("iteration " + (iteration + 1) + ": batch left out");
        return step.leaveOut(batch, this);
    }

    @Override
    public void saveCheckpoint(Path file, boolean withOptimizer) {
        if (withOptimizer) {
            hooks.call(hook -> hook.beforeCheckpoint(this));
        }
        Checkpoint checkpoint = state.save(progressSaved(), withOptimizer);
        List<String> invalid = InvalidNumbers.names(checkpoint.weights());
        if (!invalid.isEmpty()) {
            invalidCheckpoint = true;
            throw new CheckpointNotSavedException(
                    file + " was not written: " + invalid.size()
                            + " parameters or buffers are not finite, the first is " + invalid.get(0),
                    null);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            checkpoint.write(file);
        } catch (IOException e) {
            throw new CheckpointNotSavedException("can't write checkpoint " + file + ": " + DiskProblem.reason(e), e);
        }
        if (withOptimizer) {
            rollBacks.returnTo(file);
        }
    }

    @Override
    public List<PastStep> pastSteps() {
        return pastSteps.all();
    }

    @Override
    public Optional<Path> lastCheckpoint() {
        return rollBacks.target();
    }

    @Override
    public int rollBacks() {
        return rollBacks.count();
    }

    @Override
    public void rollBack(Collection<Long> iterations) {
        if (lastCheckpoint().isEmpty()) {
            throw new IllegalStateException("there is no checkpoint to return to");
        }
        rollBacks.request(iterations);
    }

    private void returnToCheckpoint() {
        Path file = lastCheckpoint().orElseThrow();
        try {
            Checkpoint checkpoint = Checkpoint.read(file);
            StateLoader.loadStrictly(model, checkpoint.weights(), file.toString());
            goTo(state.restore(checkpoint, file, false));
        } catch (IOException e) {
            throw new UncheckedIOException("can't return to " + file + ": " + DiskProblem.reason(e), e);
        }
        invalidCheckpoint = false;
        pastSteps.clear();
        rollBacks.done();
        log.warn("returned to " + file);
    }

    @Override
    public void report(Evaluation evaluation) {
        hooks.call(hook -> hook.afterEvaluation(this, evaluation));
    }

    /** What is completed, counting the step or epoch whose hooks are being called. */
    private Checkpoint.Progress progressSaved() {
        return new Checkpoint.Progress(
                epochDone ? epoch + 1 : epoch, stepDone ? iteration + 1 : iteration, settings.seed());
    }

    /**
     * Continues where a checkpoint was written. The model's weights were loaded before.
     *
     * @param from its file
     * @param allowChanges whether to go on with what fits: an optimizer whose state does not fit starts anew, and the
     *     place in an epoch of another length is the same fraction of it
     * @throws ConfigException if the checkpoint can't be continued with this config
     */
    public void resume(Checkpoint checkpoint, Path from, boolean allowChanges) {
        state.restoreRollBacks(checkpoint);
        goTo(state.restore(checkpoint, from, allowChanges));
    }

    private void goTo(Place place) {
        epoch = place.epoch();
        iteration = place.iteration();
        innerIteration = place.innerIteration();
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public long iteration() {
        return iteration;
    }

    @Override
    public int innerIteration() {
        return innerIteration;
    }

    @Override
    public int maxEpochs() {
        return length.epochs();
    }

    @Override
    public long maxIterations() {
        return length.iterations();
    }

    @Override
    public int iterationsPerEpoch() {
        return data.batches();
    }

    @Override
    public boolean countsEpochs() {
        return length.countsEpochs();
    }

    @Override
    public Algorithm model() {
        return model;
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return update.optimizer().groups();
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public RunInfo info() {
        return info;
    }

    @Override
    public Path workDirectory() {
        return settings.workDirectory();
    }

    @Override
    public String timestamp() {
        return settings.timestamp();
    }

    @Override
    public RunLog log() {
        return log;
    }

    @Override
    public LogBuffer values() {
        return values;
    }

    @Override
    public void stop(String reason) {
        throw new RunFailedException(reason);
    }
}
