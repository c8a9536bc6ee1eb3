package io.github.selfsup4j.features;

import ai.djl.ndarray.NDArray;
import java.util.stream.LongStream;

/**
 * Features of images.
 *
 * @param rows {@code [images, dim]}
 * @param labels int64 {@code [images]}, -1 where an image has none
 * @param samples int64 {@code [images]}: which sample of the data set each is
 */
public record Features(NDArray rows, NDArray labels, NDArray samples) {
    /** Features of samples in their order. */
    public Features(NDArray rows, NDArray labels) {
        this(
                rows,
                labels,
                labels.getManager()
                        .create(LongStream.range(0, labels.getShape().get(0)).toArray()));
    }

    /** Number of images. */
    public int size() {
        return (int) rows.getShape().get(0);
    }
}
