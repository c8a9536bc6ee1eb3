package io.github.selfsup4j.runner;

import io.github.selfsup4j.config.ConfigException;
import java.nio.file.Path;

/**
 * Where a run goes on.
 *
 * @param epoch epochs completed
 * @param iteration iterations completed
 * @param innerIteration iterations of the epoch completed
 */
record Place(int epoch, long iteration, int innerIteration) {

    /**
     * The place of a checkpoint.
     *
     * @param perEpochThen iterations of an epoch when it was written
     * @param perEpoch iterations of an epoch now
     * @param allowChanges whether these may differ: then the place is the same fraction of the epoch
     * @param from the checkpoint's file, for the error
     * @throws ConfigException if there is no such place
     */
    static Place of(Checkpoint.Progress progress, long perEpochThen, int perEpoch, boolean allowChanges, Path from) {
        int inner = (int) (progress.iteration() - progress.epoch() * perEpochThen);
        if (inner < 0 || inner > perEpochThen || (perEpochThen != perEpoch && !allowChanges)) {
            throw ConfigException.of(from + " stands at iteration " + progress.iteration() + " in epoch "
                    + (progress.epoch() + 1) + " of " + perEpochThen
                    + " iterations each, but now an epoch has " + perEpoch
                    + ": were data or batch size changed? --allow-changes goes on"
                    + " at the same fraction of the epoch");
        }
        int innerNow = (int) ((long) inner * perEpoch / perEpochThen);
        return new Place(progress.epoch(), (long) progress.epoch() * perEpoch + innerNow, innerNow);
    }
}
