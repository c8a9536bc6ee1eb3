package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.Pass;

/** A capability of backbones whose layers attend from patch to patch, so that it can be shown what they look at. */
public interface AttendsOverPatches {
    /** Number of layers that attend. */
    int attentionLayers();

    /** The grid of patches, which are tokens 1, 2, ... row by row; token 0 is the class token. */
    Size patchGrid();

    /**
     * How much each token takes from each other one in a layer, without gradients.
     *
     * @param images {@code [batch, 3, height, width]}, normalised
     * @param layer number of the layer from 0
     * @return {@code [batch, heads, 1 + patches, 1 + patches]}; a row, what one token takes, adds up to 1
     */
    NDArray attention(NDArray images, int layer, Pass pass);
}
