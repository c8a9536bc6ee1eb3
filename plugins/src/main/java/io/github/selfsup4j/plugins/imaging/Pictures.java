package io.github.selfsup4j.plugins.imaging;

import io.github.selfsup4j.data.Image8;

/** Rearranging and recolouring pixels, equal to torchvision's functions on Pillow pictures. */
public final class Pictures {
    private Pictures() {}

    /** Left and right exchanged. */
    public static Image8 flipHorizontally(Image8 image) {
        int channels = image.channels();
        int rowSize = image.width() * channels;
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int row = 0; row < from.length; row += rowSize) {
            for (int left = row, right = row + rowSize - channels; right >= row; left += channels, right -= channels) {
                to[left] = from[right];
                if (channels == 3) {
                    to[left + 1] = from[right + 1];
                    to[left + 2] = from[right + 2];
                }
            }
        }
        return new Image8(image.height(), image.width(), channels, to);
    }

    /** A copy of a part. @throws IllegalArgumentException if the box is empty, or not within the picture */
    public static Image8 crop(Image8 image, Box box) {
        box.requireWithin(image);
        int rowSize = box.width() * image.channels();
        byte[] to = new byte[box.height() * rowSize];
        for (int y = 0; y < box.height(); y++) {
            int from = ((box.top() + y) * image.width() + box.left()) * image.channels();
            System.arraycopy(image.pixels(), from, to, y * rowSize, rowSize);
        }
        return new Image8(box.height(), box.width(), image.channels(), to);
    }

    /** The luma of a picture (ITU-R 601-2, in Pillow's fixed point), one channel. */
    public static Image8 toGrey(Image8 image) {
        if (image.channels() == 1) {
            return image;
        }
        byte[] from = image.pixels();
        byte[] to = new byte[from.length / 3];
        for (int i = 0; i < to.length; i++) {
            to[i] = (byte) ((19595 * (from[3 * i] & 0xff) + 38470 * (from[3 * i + 1] & 0xff) + 7471 * (from[3 * i + 2] & 0xff) + 0x8000) >> 16);
        }
        return new Image8(image.height(), image.width(), 1, to);
    }
}
