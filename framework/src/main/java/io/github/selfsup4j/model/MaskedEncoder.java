package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.nn.Pass;

/** A backbone that can encode some of an image's patches, as masked image modelling needs it. */
public interface MaskedEncoder extends Backbone {
    /**
     * Encodes the patches that are not masked.
     *
     * @param images {@code [batch, 3, height, width]}, normalised
     * @param visible int64 {@code [batch, tokens]}: which patches to encode, by index; the result has their order
     * @return {@code [batch, 1 + tokens, dim]}, the class token first
     */
    NDArray encode(NDArray images, NDArray visible, Pass pass);

    /** Position embedding {@code [1, 1 + patches, dim]}, the class token's first. */
    NDArray positions();

    /** Number of patches of an image. */
    int patches();

    /** Feature dimension. */
    int embedDims();
}
