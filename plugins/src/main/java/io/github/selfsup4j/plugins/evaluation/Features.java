package io.github.selfsup4j.plugins.evaluation;

import ai.djl.ndarray.NDArray;

/**
 * Features of labelled images.
 *
 * @param rows {@code [images, dim]}
 * @param labels int64 {@code [images]}
 */
public record Features(NDArray rows, NDArray labels) {
    /** Number of images. */
    public int size() {
        return (int) rows.getShape().get(0);
    }
}
