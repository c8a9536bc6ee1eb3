package io.github.selfsup4j.plugins.imaging;

import io.github.selfsup4j.data.Image8;

/**
 * A rectangle of a picture, in pixels.
 *
 * @param top first row
 * @param left first column
 * @param height number of rows
 * @param width number of columns
 */
public record Box(int top, int left, int height, int width) {

    /** All of a picture. */
    public static Box whole(Image8 image) {
        return new Box(0, 0, image.height(), image.width());
    }

    /** @throws IllegalArgumentException if it is empty, or not within the picture */
    void requireWithin(Image8 image) {
        if (top < 0 || left < 0 || height <= 0 || width <= 0 || top > image.height() - height || left > image.width() - width) {
            throw new IllegalArgumentException("the crop " + this + " is not within the " + image);
        }
    }
}
