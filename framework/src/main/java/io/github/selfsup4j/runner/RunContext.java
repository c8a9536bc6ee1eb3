package io.github.selfsup4j.runner;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.optim.ParameterGroup;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A run as a hook sees it: how far it is, what it trains, and what can be asked of it. */
public interface RunContext {
    /** Epochs completed so far; during an epoch its number, from 0. */
    int epoch();

    /** Iterations completed so far; during an iteration its number, from 0. */
    long iteration();

    /** The number of the iteration within its epoch, from 0. */
    int innerIteration();

    /** All of these numbers together. */
    default Progress progress() {
        return new Progress(epoch(), iteration(), maxEpochs(), maxIterations(), iterationsPerEpoch(), countsEpochs());
    }

    /** Number of epochs of the run. */
    int maxEpochs();

    /** Number of iterations of the run. */
    long maxIterations();

    /** Number of iterations of an epoch. */
    int iterationsPerEpoch();

    /** True if the run counts in epochs (an {@code EpochBasedRunner}). */
    boolean countsEpochs();

    /** True every {@code n} iterations of the run, at the end of them; never if {@code n <= 0}. */
    default boolean everyIterations(int n) {
        return n > 0 && (iteration() + 1) % n == 0;
    }

    /** True every {@code n} iterations of the epoch, at the end of them; never if {@code n <= 0}. */
    default boolean everyInnerIterations(int n) {
        return n > 0 && (innerIteration() + 1) % n == 0;
    }

    /** True every {@code n} epochs, at the end of them; never if {@code n <= 0}. */
    default boolean everyEpochs(int n) {
        return n > 0 && (epoch() + 1) % n == 0;
    }

    /** True in the last iteration of an epoch. */
    default boolean endOfEpoch() {
        return innerIteration() + 1 == iterationsPerEpoch();
    }

    /** True in the last iteration of the run. */
    default boolean lastIteration() {
        return iteration() + 1 == maxIterations();
    }

    /** True in the last epoch of the run. */
    default boolean lastEpoch() {
        return epoch() + 1 == maxEpochs();
    }

    /** The model. Hooks reach into it through capability interfaces only, see {@link #capability}. */
    Algorithm model();

    /**
     * The model, if it can do what a hook needs.
     *
     * @throws IllegalStateException if it can't, naming the model and the interface
     */
    default <T> T capability(Class<T> type) {
        if (type.isInstance(model())) {
            return type.cast(model());
        }
        throw new IllegalStateException(
                model().getClass().getSimpleName() + " is no " + type.getSimpleName() + ", which this hook needs");
    }

    /** The parameter groups, whose learning rates and momenta a hook may set. */
    List<ParameterGroup> parameterGroups();

    /** Where the model is. */
    default Device device() {
        return manager().getDevice();
    }

    /** The owner of parameters; a hook makes and closes sub-managers for what it computes. */
    NDManager manager();

    /** Name, seed and config of this run. */
    RunInfo info();

    /** The folder of this run. */
    Path workDirectory();

    /** The name that the log files of this run start with: {@code yyyyMMdd_HHmmss}. */
    String timestamp();

    /** The text log: on the console and in {@code TIMESTAMP.log}. */
    RunLog log();

    /** The last values of what is logged. */
    LogBuffer values();

    /** Tells every hook the scores of an evaluation, by {@link Hook#afterEvaluation}. */
    void report(Evaluation evaluation);

    /**
     * Writes a checkpoint of the state now, whole or not at all.
     *
     * @param file for example {@code epoch_3.pth} in the folder of this run; its folder is made if need be
     * @param withOptimizer whether optimizer and hooks' states go in, without which a run can't be resumed
     * @throws CheckpointNotSavedException if the disk fails, or if weights are not finite; whatever was there before is
     *     still there. If weights are not finite and nobody rolls back, the run stops after the next iteration
     */
    void saveCheckpoint(Path file, boolean withOptimizer);

    /** The last hundred iterations, the newest last; in {@link Hook#afterTrainIter} that is the present one. */
    List<PastStep> pastSteps();

    /** The newest checkpoint that this run can go on from: written by it, or the one it was resumed from. */
    Optional<Path> lastCheckpoint();

    /** How often the run returned to a checkpoint. */
    int rollBacks();

    /**
     * Returns to the {@linkplain #lastCheckpoint last checkpoint} when the hooks of this iteration were called, and
     * leaves out the batches of some iterations from then on: these pass without forward, backward and step.
     *
     * @param iterations numbers from 0
     * @throws IllegalStateException if there is no checkpoint
     */
    void rollBack(Collection<Long> iterations);

    /**
     * Ends the run as failed.
     *
     * @param reason for a person: what happened, and what can be done
     */
    void stop(String reason);
}
