package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A JPEG file that is not decoded yet: a crop of it takes less time than the whole, however often it was flipped.
 *
 * @param file for messages
 * @param bytes what is in it
 * @param mirrored true if left and right are exchanged
 */
record JpegPicture(Path file, byte[] bytes, int height, int width, ColorType type, boolean mirrored)
        implements Picture {

    /** @param header of the file */
    static JpegPicture of(Path file, byte[] bytes, ImageHeader header, ColorType type) {
        return new JpegPicture(file, bytes, (int) header.height(), (int) header.width(), type, false);
    }

    @Override
    public Image8 decoded() {
        return crop(0, 0, height, width);
    }

    @Override
    public Image8 crop(int top, int left, int cropHeight, int cropWidth) {
        if (top < 0
                || left < 0
                || cropHeight <= 0
                || cropWidth <= 0
                || top > height - cropHeight
                || left > width - cropWidth) {
            throw new IllegalArgumentException("a crop of " + cropHeight + " x " + cropWidth + " at " + top + ", "
                    + left + " is not within the " + this);
        }
        try {
            Box box = new Box(top, mirrored ? width - left - cropWidth : left, cropHeight, cropWidth);
            Image8 part = ImageDecoder.decodeJpeg(bytes, type, box);
            return mirrored ? part.flipped() : part;
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + ": " + e.getMessage(), e));
        }
    }

    @Override
    public Picture flipped() {
        return new JpegPicture(file, bytes, height, width, type, !mirrored);
    }

    @Override
    public String toString() {
        return "JPEG picture " + height + " x " + width;
    }
}
