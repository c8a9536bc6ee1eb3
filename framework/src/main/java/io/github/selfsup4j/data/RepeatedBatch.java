package io.github.selfsup4j.data;

/**
 * The same batch for ever: to measure speed, or to compare implementations.
 *
 * @param batch given out again and again
 * @param batches number of batches in an epoch
 */
public record RepeatedBatch(Pending batch, int batches) implements TrainingData {
    @Override
    public Batches epoch(int epoch, int skip) {
        return new Batches() {
            private int next = skip;

            @Override
            public boolean hasNext() {
                return next < batches;
            }

            @Override
            public Pending next() {
                next++;
                return batch;
            }

            @Override
            public void close() {}
        };
    }
}
