package io.github.selfsup4j.runner;

/**
 * How far a run is: all that a learning-rate schedule depends on.
 *
 * @param epoch epochs completed; during an epoch its number, from 0
 * @param iteration iterations completed; during an iteration its number, from 0
 * @param maxEpochs number of epochs of the run
 * @param maxIterations number of iterations of the run
 * @param iterationsPerEpoch number of iterations of an epoch
 * @param countsEpochs whether the run counts in epochs (an {@code EpochBasedRunner})
 */
public record Progress(
        int epoch, long iteration, int maxEpochs, long maxIterations, int iterationsPerEpoch, boolean countsEpochs) {

    /** Epochs or iterations completed. */
    public long done(boolean byEpoch) {
        return byEpoch ? epoch : iteration;
    }

    /** Epochs or iterations of the run. */
    public long max(boolean byEpoch) {
        return byEpoch ? maxEpochs : maxIterations;
    }

    /** The same run at another iteration. */
    public Progress at(long iteration) {
        return new Progress(
                (int) (iteration / iterationsPerEpoch),
                iteration,
                maxEpochs,
                maxIterations,
                iterationsPerEpoch,
                countsEpochs);
    }
}
