package io.github.selfsup4j.data;

/**
 * A picture in a pipeline: an {@link Image8}, or a file of which no more gets decoded than is asked for. What can be
 * done to either is here; it never changes a picture, but gives another one.
 */
public non-sealed interface Picture extends SampleValue {
    /** Number of rows. */
    int height();

    /** Number of columns. */
    int width();

    /**
     * All of it.
     *
     * @throws java.io.UncheckedIOException if it can't be decoded
     */
    Image8 decoded();

    /**
     * A part of it.
     *
     * @param top first row
     * @param left first column
     * @throws IllegalArgumentException if the part is empty, or not within the picture
     * @throws java.io.UncheckedIOException if it can't be decoded
     */
    Image8 crop(int top, int left, int height, int width);

    /** Left and right exchanged. */
    Picture flipped();
}
