package io.github.selfsup4j.data;

/**
 * A picture of 8-bit values from 0 to 255, rows from the top, channels last: {@code [height, width, channels]}.
 *
 * @param height number of rows
 * @param width number of columns
 * @param channels 3 for red, green, blue; 1 for grey
 * @param pixels the values, unsigned, not copied; nobody changes them once they are here
 */
public record Image8(int height, int width, int channels, byte[] pixels) implements SampleValue {

    /** @throws IllegalArgumentException if a side is empty, the channels are not 1 or 3, or the pixels not as many as needed */
    public Image8 {
        if (height <= 0 || width <= 0 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("no picture is " + height + " x " + width + " with " + channels + " channels");
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
