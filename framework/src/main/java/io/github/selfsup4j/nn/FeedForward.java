package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Two linear maps with GELU between them, named as in mmcv's {@code FFN}; computed inside a layer's kernel. */
public final class FeedForward extends Layer {
    private final Linear expand;
    private final Linear contract;

    /** @param hidden the dimension between the two */
    public FeedForward(Kernels kernels, int dim, int hidden) {
        expand = child("layers.0.0", new Linear(kernels, dim, hidden, true));
        contract = child("layers.1", new Linear(kernels, hidden, dim, true));
    }

    /** The weights and biases in the order of the kernels' arguments. */
    public List<NDArray> arrays() {
        return List.of(expand.weight(), expand.bias(), contract.weight(), contract.bias());
    }
}
