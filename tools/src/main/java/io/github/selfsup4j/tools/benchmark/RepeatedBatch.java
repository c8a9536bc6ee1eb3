package io.github.selfsup4j.tools.benchmark;

import io.github.selfsup4j.data.TrainingData;

/** The same batch for ever, so that no time is spent on data. */
record RepeatedBatch(TrainingData.Pending batch, int batches) implements TrainingData {
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
