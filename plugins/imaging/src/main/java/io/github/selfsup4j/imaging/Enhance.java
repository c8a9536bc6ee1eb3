package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;

/**
 * Brightness, contrast, saturation and sharpness, equal to torchvision's {@code adjust_*} on Pillow pictures: a factor
 * of 1 leaves a picture as it is, 0 gives black, its mean grey, the picture without colour, or a smooth one; larger
 * ones exaggerate.
 */
public final class Enhance {
    private static final int LEVELS = 256;
    /** The smoothing filter: weight of the middle, that of its eight neighbours being 1, and all together. */
    private static final int MIDDLE = 5;

    private static final int ALL = MIDDLE + 8;

    private Enhance() {}

    /** Away from black. */
    public static Image8 brightness(Image8 image, double factor) {
        return Levels.throughTable(image, blendTable(0, (float) factor));
    }

    /** Away from the picture's mean grey. */
    public static Image8 contrast(Image8 image, double factor) {
        byte[] grey = Pictures.toGrey(image).pixels();
        long sum = 0;
        for (byte value : grey) {
            sum += value & 0xff;
        }
        return Levels.throughTable(image, blendTable((int) ((double) sum / grey.length + 0.5), (float) factor));
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

    /** Away from the picture smoothed by a filter of three by three pixels, which leaves the outermost ones alone. */
    public static Image8 sharpness(Image8 image, double factor) {
        byte[] from = image.pixels();
        byte[] smooth = smoothed(image);
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i] = blend(smooth[i] & 0xff, from[i] & 0xff, (float) factor);
        }
        return new Image8(image.height(), image.width(), image.channels(), to);
    }

    private static byte[] smoothed(Image8 image) {
        int across = image.channels();
        int down = image.width() * across;
        byte[] from = image.pixels();
        byte[] to = from.clone();
        for (int y = 1; y < image.height() - 1; y++) {
            for (int i = y * down + across; i < (y + 1) * down - across; i++) {
                int sum = row(from, i - down, across)
                        + row(from, i, across)
                        + row(from, i + down, across)
                        + (MIDDLE - 1) * (from[i] & 0xff);
                to[i] = (byte) ((2 * sum + ALL) / (2 * ALL));
            }
        }
        return to;
    }

    private static int row(byte[] values, int middle, int across) {
        return (values[middle - across] & 0xff) + (values[middle] & 0xff) + (values[middle + across] & 0xff);
    }

    private static byte[] blendTable(int from, float factor) {
        return Levels.table(value -> blend(from, value, factor) & 0xff);
    }

    /** Pillow's blend and extrapolation of two values, in float32 and cut off. */
    private static byte blend(int from, int to, float factor) {
        float blended = from + factor * (to - from);
        return (byte) (blended <= 0 ? 0 : blended >= LEVELS - 1 ? LEVELS - 1 : (int) blended);
    }
}
