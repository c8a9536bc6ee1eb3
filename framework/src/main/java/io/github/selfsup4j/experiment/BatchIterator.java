package io.github.selfsup4j.experiment;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.TrainingData;
import java.util.Iterator;

/** The batches of an epoch as arrays; those of a batch live until the next one is asked for. */
final class BatchIterator implements Iterator<Batch>, AutoCloseable {
    private final TrainingData.Batches epoch;
    private final NDManager manager;
    private NDManager scope;

    BatchIterator(TrainingData.Batches epoch, NDManager manager) {
        this.epoch = epoch;
        this.manager = manager;
        this.scope = manager.newSubManager();
    }

    @Override
    public boolean hasNext() {
        return epoch.hasNext();
    }

    @Override
    public Batch next() {
        scope.close();
        scope = manager.newSubManager();
        return epoch.next().toBatch(scope);
    }

    @Override
    public void close() {
        scope.close();
        epoch.close();
    }
}
