package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

import java.util.List;

/**
 * The weights of multi-head self-attention with a fused query-key-value map; computed inside a layer's
 * kernel.
 *
 * <p>The two meanings of {@code qkv_bias} are the reference's: if true, one bias of length {@code 3 *
 * dim}; if false, separate {@code q_bias} and {@code v_bias} and none for the keys.
 */
public final class SelfAttention extends Layer {
    private final Parameter queryBias;
    private final Parameter valueBias;
    private final Linear qkv;
    private final Linear projection;
    private final Kernels kernels;

    /** @param qkvBias see the class */
    public SelfAttention(Kernels kernels, int dim, boolean qkvBias) {
        this.kernels = kernels;
        queryBias = qkvBias ? null : parameter("q_bias", Init.zeros(), dim);
        valueBias = qkvBias ? null : parameter("v_bias", Init.zeros(), dim);
        qkv = child("qkv", new Linear(kernels, dim, 3 * dim, qkvBias));
        projection = child("proj", new Linear(kernels, dim, dim, true));
    }

    /** The weights and biases in the order of the kernels' arguments. */
    public List<NDArray> arrays() {
        return List.of(array(queryBias), array(valueBias), qkv.weight(), qkv.bias(), projection.weight(), projection.bias());
    }

    private NDArray array(Parameter parameter) {
        return parameter == null ? kernels.none() : parameter.getArray();
    }
}
