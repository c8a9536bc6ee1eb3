package io.github.selfsup4j.plugins.cae;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import java.util.List;

/**
 * The weights of attention from queries to other keys and values; computed inside a layer's kernel. Here
 * {@code qkv_bias} true means biases for queries and values, false means none at all.
 */
final class CrossAttention extends Layer {
    private final Kernels kernels;
    private final Parameter queryBias;
    private final Parameter valueBias;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear projection;

    CrossAttention(Kernels kernels, int dim, boolean qkvBias) {
        this.kernels = kernels;
        queryBias = qkvBias ? parameter("q_bias", Init.zeros(), dim) : null;
        valueBias = qkvBias ? parameter("v_bias", Init.zeros(), dim) : null;
        query = child("q", new Linear(kernels, dim, dim, false));
        key = child("k", new Linear(kernels, dim, dim, false));
        value = child("v", new Linear(kernels, dim, dim, false));
        projection = child("proj", new Linear(kernels, dim, dim, true));
    }

    /** The weights and biases in the order of the kernel's arguments. */
    List<NDArray> arrays() {
        return List.of(
                array(queryBias),
                array(valueBias),
                query.weight(),
                key.weight(),
                value.weight(),
                projection.weight(),
                projection.bias());
    }

    private NDArray array(Parameter parameter) {
        return parameter == null ? kernels.none() : parameter.getArray();
    }
}
