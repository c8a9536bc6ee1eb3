package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.data.Size;
import java.util.Map;

/** Resizes position embeddings to another grid of patches (mmcls's {@code resize_pos_embed}). */
public final class PositionTable {

    /** How values between the old ones are made. */
    public enum Interpolation {
        /** From 4 x 4 neighbours, as PyTorch with {@code a = -0.75}. */
        BICUBIC,
        /** From 2 x 2 neighbours. */
        BILINEAR
    }

    private final Kernel kernel;

    /** @param kernels the run's */
    public PositionTable(Kernels kernels) {
        kernel = kernels.load(PositionTable.class, "position_table.torchscript", Map.of());
    }

    /**
     * Resizes a table.
     *
     * @param table {@code [1, extra + height * width, dim]}; the result belongs to its manager
     * @param extraTokens rows at the start that stay as they are, such as the class token's
     * @return {@code [1, extra + newHeight * newWidth, dim]}
     * @throws IllegalArgumentException if the table is not of the size {@code from}
     */
    public NDArray resize(NDArray table, Size from, Size to, Interpolation interpolation, int extraTokens) {
        long rows = table.getShape().get(1);
        if (rows != extraTokens + from.area()) {
            throw new IllegalArgumentException("a position table of " + rows + " rows is not one of " + from
                    + " patches and " + extraTokens + " more tokens");
        }
        NDArray sizes = table.getManager()
                .create(new long[] {from.height(), from.width(), to.height(), to.width(), extraTokens});
        return kernel.call(interpolation == Interpolation.BICUBIC ? "bicubic" : "bilinear", table, sizes);
    }
}
