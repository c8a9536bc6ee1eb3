package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigException;

/**
 * A batch of masks as the indices of their masked and visible patches, ascending.
 *
 * @param masked int64 {@code [batch, masked patches]}
 * @param visible int64 {@code [batch, visible patches]}
 */
public record PatchMask(NDArray masked, NDArray visible) {

    /**
     * Reads masks.
     *
     * @param mask {@code [batch, height, width]} or {@code [batch, patches]}; not 0 where a patch is masked
     * @param patches number of patches of an image, for the error
     * @throws ConfigException if the masks are of another size, or differ in the number of masked patches
     */
    public static PatchMask of(NDArray mask, int patches, NDManager scope) {
        int batch = (int) mask.getShape().get(0);
        long size = mask.getShape().size() / batch;
        if (size != patches) {
            throw ConfigException.of("masks " + mask.getShape() + " are of " + size + " patches, images of " + patches
                    + ": input_size of the mask generator must be the image size divided by the patch size");
        }
        long[] flags = mask.toType(DataType.INT64, false).toLongArray();
        int count = count(flags, 0, patches);
        long[] masked = new long[batch * count];
        long[] visible = new long[batch * (patches - count)];
        for (int row = 0, m = 0, v = 0; row < batch; row++) {
            requireCount(count(flags, row, patches), count, row);
            for (int patch = 0; patch < patches; patch++) {
                if (flags[row * patches + patch] != 0) {
                    masked[m++] = patch;
                } else {
                    visible[v++] = patch;
                }
            }
        }
        return new PatchMask(
                scope.create(masked, new Shape(batch, count)),
                scope.create(visible, new Shape(batch, patches - count)));
    }

    private static int count(long[] flags, int row, int patches) {
        int count = 0;
        for (int i = row * patches; i < (row + 1) * patches; i++) {
            count += flags[i] != 0 ? 1 : 0;
        }
        return count;
    }

    private static void requireCount(int found, int expected, int row) {
        if (found != expected) {
            throw ConfigException.of(
                    "the masks of a batch hide different numbers of patches: " + expected + " in the first, " + found
                            + " in number " + row + "; the mask generator must hide exactly as many in each");
        }
    }

    /** Number of masked patches of an image. */
    public int count() {
        return (int) masked.getShape().get(1);
    }
}
