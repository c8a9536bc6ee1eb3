package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import java.util.Map;

/** Edges of a picture across and down: a fixed filter on the mean of its channels (the reference's {@code Sobel}). */
final class Sobel extends Layer {
    private static final float[] ACROSS_AND_DOWN = {1, 0, -1, 2, 0, -2, 1, 0, -1, 1, 2, 1, 0, 0, 0, -1, -2, -1};

    private final Kernel kernel;
    private final Parameter grey = frozen("sobel.0.weight", Init.constant(1f / 3), 1, 3, 1, 1);
    private final Parameter greyBias = frozen("sobel.0.bias", Init.zeros(), 1);
    private final Parameter edges = frozen("sobel.1.weight", filters(), 2, 1, 3, 3);
    private final Parameter edgesBias = frozen("sobel.1.bias", Init.zeros(), 2);

    Sobel(Kernels kernels) {
        kernel = kernels.load(Sobel.class, "sobel.torchscript", Map.of());
    }

    private static Initializer filters() {
        return (manager, shape, type) -> manager.create(ACROSS_AND_DOWN, shape);
    }

    /** Maps {@code [batch, 3, height, width]} to {@code [batch, 2, height, width]}. */
    NDArray forward(NDArray images) {
        return kernel.call(
                "edges", images, grey.getArray(), greyBias.getArray(), edges.getArray(), edgesBias.getArray());
    }
}
