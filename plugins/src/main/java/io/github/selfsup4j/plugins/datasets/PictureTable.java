package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.data.Image8;
import java.util.Arrays;

/**
 * Small pictures of one size, all in memory, with their labels.
 *
 * @param height number of rows of each
 * @param width number of columns of each
 * @param channels 1 or 3
 * @param pixels all pictures one after the other, channels last
 * @param labels class index of each
 */
public record PictureTable(int height, int width, int channels, byte[] pixels, byte[] labels) {

    /** @throws IllegalArgumentException if there are not as many pictures as labels */
    public PictureTable {
        if (pixels.length != (long) labels.length * height * width * channels) {
            throw new IllegalArgumentException(labels.length + " labels for " + pixels.length
                    + " values of pictures of " + height + " x " + width + " x " + channels);
        }
    }

    /** Number of pictures. */
    public int size() {
        return labels.length;
    }

    /** A copy of a picture. */
    public Image8 image(int index) {
        int bytes = height * width * channels;
        return new Image8(height, width, channels, Arrays.copyOfRange(pixels, index * bytes, (index + 1) * bytes));
    }

    /** The class index of a picture. */
    public int label(int index) {
        return labels[index] & 0xff;
    }

    /** The pictures from one index up to, not including, another. */
    public PictureTable slice(int from, int to) {
        int bytes = height * width * channels;
        return new PictureTable(
                height,
                width,
                channels,
                Arrays.copyOfRange(pixels, from * bytes, to * bytes),
                Arrays.copyOfRange(labels, from, to));
    }
}
