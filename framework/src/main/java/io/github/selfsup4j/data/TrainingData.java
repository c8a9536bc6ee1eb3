package io.github.selfsup4j.data;

import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** Batches by epoch: a {@link DataLoader}, or arrays that are given. */
public interface TrainingData {
    /** Number of batches in an epoch. */
    int batches();

    /**
     * The batches of an epoch, in order. One epoch at a time.
     *
     * @param epoch from 0
     * @param skip how many of its first batches to leave out
     */
    Batches epoch(int epoch, int skip);

    /** The batches of an epoch; one is valid until the next is asked for. */
    interface Batches extends Iterator<Pending>, AutoCloseable {
        /** Stops what is being made. */
        @Override
        void close();
    }

    /** A batch in host memory. */
    interface Pending {
        /** Number of samples. */
        int size();

        /**
         * Where its samples come from: paths of pictures, or other names that a person can find them by. Made when it
         * is asked for, which can be after the batch is gone.
         */
        default Supplier<List<String>> origins() {
            return List::of;
        }

        /**
         * The batch as arrays. On the CPU they may share its memory, so they are valid until the next batch is asked
         * for.
         *
         * @param scope the owner of the arrays
         */
        Batch toBatch(NDManager scope);
    }
}
