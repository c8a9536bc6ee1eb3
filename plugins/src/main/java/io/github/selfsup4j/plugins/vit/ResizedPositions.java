package io.github.selfsup4j.plugins.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.PositionTable;
import java.util.Optional;

/** Makes the position embedding of a checkpoint for another image size fit, as mmcls does when it loads one. */
final class ResizedPositions {
    private final PositionTable table;
    private final Size grid;
    private final PositionTable.Interpolation interpolation;

    /** @param grid of patches that positions are wanted for */
    ResizedPositions(Kernels kernels, Size grid, PositionTable.Interpolation interpolation) {
        this.table = new PositionTable(kernels);
        this.grid = grid;
        this.interpolation = interpolation;
    }

    /**
     * Resizes {@code pos_embed} of a square grid and a class token.
     *
     * @param dim feature dimension
     * @param manager an owner of arrays
     * @return empty if the weight has another name, or is of no square grid
     */
    Optional<HostTensor> of(String name, HostTensor found, int dim, NDManager manager) {
        long[] shape = found.shape();
        long side = Math.round(Math.sqrt(found.size() / (double) dim - 1));
        if (!name.equals("pos_embed")
                || shape.length == 0
                || shape[shape.length - 1] != dim
                || found.size() != (1 + side * side) * dim) {
            return Optional.empty();
        }
        try (NDManager scope = manager.newSubManager();
                NoGradient off = new NoGradient()) {
            NDArray positions = scope.create(found.toFloats(), new Shape(1, 1 + side * side, dim));
            return Optional.of(
                    StateLoader.toHost(table.resize(positions, Size.square((int) side), grid, interpolation, 1)));
        }
    }
}
