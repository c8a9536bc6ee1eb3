package io.github.selfsup4j.data;

/**
 * A picture of 8-bit values from 0 to 255, rows from the top, channels last: {@code [height, width, channels]}.
 *
 * @param height number of rows
 * @param width number of columns
 * @param channels 3 for red, green, blue; 1 for grey
 * @param pixels the values, unsigned, not copied; nobody changes them once they are here
 */
public record Image8(int height, int width, int channels, byte[] pixels) implements Picture {

    /**
     * @throws IllegalArgumentException if a side is empty, the channels are not 1 or 3, or the pixels not as many as
     *     needed
     */
    public Image8 {
        if (height <= 0 || width <= 0 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "no picture is " + height + " x " + width + " with " + channels + " channels");
        }
        if (pixels.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
            throw new IllegalArgumentException("a picture of " + height + " x " + width + " with " + channels
                    + " channels does not have " + pixels.length + " values");
        }
    }

    /** One value, 0 to 255. */
    public int value(int row, int column, int channel) {
        return pixels[(row * width + column) * channels + channel] & 0xff;
    }

    @Override
    public Image8 decoded() {
        return this;
    }

    @Override
    public Image8 crop(int top, int left, int height, int width) {
        if (top < 0
                || left < 0
                || height <= 0
                || width <= 0
                || top > this.height - height
                || left > this.width - width) {
            throw new IllegalArgumentException(
                    "a crop of " + height + " x " + width + " at " + top + ", " + left + " is not within the " + this);
        }
        int rowSize = width * channels;
        byte[] to = new byte[height * rowSize];
        for (int row = 0; row < height; row++) {
            System.arraycopy(pixels, ((top + row) * this.width + left) * channels, to, row * rowSize, rowSize);
        }
        return new Image8(height, width, channels, to);
    }

    @Override
    public Image8 flipped() {
        int rowSize = width * channels;
        byte[] to = new byte[pixels.length];
        for (int row = 0; row < to.length; row += rowSize) {
            for (int left = row, right = row + rowSize - channels; right >= row; left += channels, right -= channels) {
                to[left] = pixels[right];
                if (channels == 3) {
                    to[left + 1] = pixels[right + 1];
                    to[left + 2] = pixels[right + 2];
                }
            }
        }
        return new Image8(height, width, channels, to);
    }

    /** The picture with three channels: grey is repeated, colour is returned as it is. */
    public Image8 toRgb() {
        if (channels == 3) {
            return this;
        }
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = pixels[i];
        }
        return new Image8(height, width, 3, rgb);
    }

    @Override
    public String toString() {
        return (channels == 1 ? "grey" : "RGB") + " picture " + height + " x " + width;
    }
}
