package io.github.selfsup4j.plugins.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;

/**
 * A uniform sample of the patches of a data set in one pass and bounded memory (reservoir sampling).
 *
 * @param size number of patches to keep
 */
record PatchSample(int size, RandomStream random) {

    /**
     * Draws it.
     *
     * @param patches cuts a batch into rows {@code [patches, values]}
     * @return {@code [min(size, all patches), values]}, owned by {@code scope}
     */
    NDArray of(Iterator<Batch> batches, Function<Batch, NDArray> patches, NDManager scope) {
        float[] reservoir = null;
        int width = 0;
        long seen = 0;
        while (batches.hasNext()) {
            try (NDArray rows = patches.apply(batches.next())) {
                width = (int) rows.getShape().get(1);
                reservoir = reservoir == null ? new float[size * width] : reservoir;
                float[] values = rows.toFloatArray();
                for (int row = 0; row < values.length / width; row++, seen++) {
                    int place = seen < size ? (int) seen : (int) (random.uniform(0, 1) * (seen + 1));
                    if (place < size) {
                        System.arraycopy(values, row * width, reservoir, place * width, width);
                    }
                }
            }
        }
        if (reservoir == null) {
            throw new IllegalArgumentException("there are no training images to fit the tokenizer to");
        }
        int kept = (int) Math.min(size, seen);
        return scope.create(kept == size ? reservoir : Arrays.copyOf(reservoir, kept * width), new Shape(kept, width));
    }
}
