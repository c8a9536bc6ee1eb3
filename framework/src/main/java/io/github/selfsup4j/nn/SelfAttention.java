package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.data.Size;
import java.util.List;
import java.util.Optional;

/**
 * The weights of multi-head self-attention with a fused query-key-value map; computed inside a layer's kernel.
 *
 * <p>The two meanings of {@code qkv_bias} are the reference's: if true, one bias of length {@code 3 * dim}; if false,
 * separate {@code q_bias} and {@code v_bias} and none for the keys. With relative position biases it is the other way
 * round: true gives separate ones, false none at all.
 */
public final class SelfAttention extends Layer {
    /** Where the arrays of the projection begin in {@link #arrays}. */
    static final int PROJECTION = 6;

    private final Parameter queryBias;
    private final Parameter valueBias;
    private final Parameter biasTable;
    private final Parameter biasIndex;
    private final Linear qkv;
    private final Linear projection;
    private final Kernels kernels;

    /**
     * The weights.
     *
     * @param qkvBias see the class
     * @param window the grid of patches, for relative position biases; empty for none
     */
    public SelfAttention(Kernels kernels, int dim, int heads, boolean qkvBias, Optional<Size> window) {
        this.kernels = kernels;
        boolean separate = qkvBias == window.isPresent();
        queryBias = separate ? parameter("q_bias", Init.zeros(), dim) : null;
        valueBias = separate ? parameter("v_bias", Init.zeros(), dim) : null;
        RelativePositions relative = window.map(RelativePositions::new).orElse(null);
        biasTable = relative == null
                ? null
                : parameter("relative_position_bias_table", Init.zeros(), relative.rows(), heads);
        biasIndex = relative == null
                ? null
                : buffer("relative_position_index", relative.index(), relative.tokens(), relative.tokens());
        qkv = child("qkv", new Linear(kernels, dim, 3 * dim, qkvBias && window.isEmpty()));
        projection = child("proj", new Linear(kernels, dim, dim, true));
    }

    /** The weights and biases in the order of the kernels' arguments. */
    public List<NDArray> arrays() {
        return List.of(
                array(queryBias),
                array(valueBias),
                array(biasTable),
                array(biasIndex),
                qkv.weight(),
                qkv.bias(),
                projection.weight(),
                projection.bias());
    }

    private NDArray array(Parameter parameter) {
        return parameter == null ? kernels.none() : parameter.getArray();
    }
}
