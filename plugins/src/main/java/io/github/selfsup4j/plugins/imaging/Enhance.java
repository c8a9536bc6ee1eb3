package io.github.selfsup4j.plugins.imaging;

import io.github.selfsup4j.data.Image8;

/**
 * Brightness, contrast and saturation, equal to torchvision's {@code adjust_*} on Pillow pictures: a factor of 1
 * leaves a picture as it is, 0 gives black, its mean grey, or the picture without colour; larger ones exaggerate.
 */
public final class Enhance {
    private static final int LEVELS = 256;

    private Enhance() {}

    /** Away from black. */
    public static Image8 brightness(Image8 image, double factor) {
        return throughTable(image, blendTable(0, (float) factor));
    }

    /** Away from the picture's mean grey. */
    public static Image8 contrast(Image8 image, double factor) {
        byte[] grey = Pictures.toGrey(image).pixels();
        long sum = 0;
        for (byte value : grey) {
            sum += value & 0xff;
        }
        return throughTable(image, blendTable((int) ((double) sum / grey.length + 0.5), (float) factor));
    }

    /** Away from the picture without colour. */
    public static Image8 saturation(Image8 image, double factor) {
        if (image.channels() == 1) {
            return image;
        }
        byte[] grey = Pictures.toGrey(image).pixels();
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i] = blend(grey[i / 3] & 0xff, from[i] & 0xff, (float) factor);
        }
        return new Image8(image.height(), image.width(), 3, to);
    }

    /** Values below the threshold stay, the others become 255 minus themselves. */
    public static Image8 solarize(Image8 image, double threshold) {
        byte[] table = new byte[LEVELS];
        for (int value = 0; value < LEVELS; value++) {
            table[value] = (byte) (value < threshold ? value : LEVELS - 1 - value);
        }
        return throughTable(image, table);
    }

    private static byte[] blendTable(int from, float factor) {
        byte[] table = new byte[LEVELS];
        for (int value = 0; value < LEVELS; value++) {
            table[value] = blend(from, value, factor);
        }
        return table;
    }

    /** Pillow's blend and extrapolation of two values, in float32 and cut off. */
    private static byte blend(int from, int to, float factor) {
        float blended = from + factor * (to - from);
        return (byte) (blended <= 0 ? 0 : blended >= LEVELS - 1 ? LEVELS - 1 : (int) blended);
    }

    private static Image8 throughTable(Image8 image, byte[] table) {
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i] = table[from[i] & 0xff];
        }
        return new Image8(image.height(), image.width(), image.channels(), to);
    }
}
