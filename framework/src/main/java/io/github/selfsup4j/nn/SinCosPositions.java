package io.github.selfsup4j.nn;

import ai.djl.training.initializer.Initializer;

/**
 * Fixed sine-cosine position embedding of a grid ({@code build_2d_sincos_position_embedding}).
 *
 * <p>The first half of the channels encodes the slower index of the flattened grid. As in the reference the grid is
 * built as (width, height), so the rows follow the patches' row-major order only if it is square.
 */
public final class SinCosPositions {
    private SinCosPositions() {}

    /**
     * The table.
     *
     * @param embedDims divisible by 4
     * @param classToken whether a row of zeros for the class token comes first
     * @return {@code [1, (1 +) height * width, embedDims]}, row-major
     */
    public static float[] table(int height, int width, int embedDims, float temperature, boolean classToken) {
        if (embedDims % 4 != 0) {
            throw new IllegalArgumentException(
                    "sine-cosine positions need embed_dims divisible by 4, found " + embedDims);
        }
        int quarter = embedDims / 4;
        int first = classToken ? 1 : 0;
        float[] table = new float[(first + height * width) * embedDims];
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                int row = (first + x * height + y) * embedDims;
                for (int k = 0; k < quarter; k++) {
                    float omega = (float) (1.0 / (float) Math.pow(temperature, (float) k / quarter));
                    table[row + k] = (float) Math.sin(x * omega);
                    table[row + quarter + k] = (float) Math.cos(x * omega);
                    table[row + 2 * quarter + k] = (float) Math.sin(y * omega);
                    table[row + 3 * quarter + k] = (float) Math.cos(y * omega);
                }
            }
        }
        return table;
    }

    /** The table as start of a parameter, temperature 10000, with class token. */
    public static Initializer initializer(int height, int width, int embedDims) {
        return (manager, shape, type) -> manager.create(table(height, width, embedDims, 10000f, true), shape);
    }
}
