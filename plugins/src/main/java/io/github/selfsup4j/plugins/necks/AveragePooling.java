package io.github.selfsup4j.plugins.necks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import java.util.Map;

/** Averages of feature maps over a grid (PyTorch's {@code AdaptiveAvgPool2d}). */
final class AveragePooling {
    private final Kernel kernel;

    /** @param size of the grid */
    AveragePooling(Kernels kernels, Size size) {
        kernel = kernels.load(
                AveragePooling.class,
                "average_pooling.torchscript",
                Map.of("height", size.height(), "width", size.width()));
    }

    /** Maps {@code [batch, channels, height, width]} to the same with the grid's height and width. */
    NDArray forward(NDArray maps) {
        return kernel.call("pool", maps);
    }

    /**
     * The only array of a list.
     *
     * @throws IllegalArgumentException if there are more or none, for whoever chose the backbone's outputs
     */
    static NDArray single(NDList features, String neck) {
        if (features.size() != 1) {
            throw new IllegalArgumentException(neck + " takes one feature map, the backbone gives " + features.size()
                    + ": its out_indices must name one");
        }
        return features.get(0);
    }
}
