package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;

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

    /**
     * What is within it.
     *
     * @throws IllegalArgumentException if it is empty, or not within the picture
     */
    public Image8 of(Picture picture) {
        return picture.crop(top, left, height, width);
    }
}
