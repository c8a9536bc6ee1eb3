package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import java.util.function.IntUnaryOperator;

/**
 * Changes of single values, by tables and in some cases for each channel by its histogram: equal to Pillow's
 * {@code ImageOps}.
 */
public final class Levels {
    private static final int COUNT = 256;
    private static final int HIGHEST = COUNT - 1;

    private Levels() {}

    /** Makes the darkest value of each channel 0 and the brightest 255. */
    public static Image8 autocontrast(Image8 image) {
        return throughHistograms(image, Levels::stretching);
    }

    /** Makes all values of each channel as frequent as each other, as far as that goes. */
    public static Image8 equalize(Image8 image) {
        return throughHistograms(image, Levels::equalizing);
    }

    /** The negative. */
    public static Image8 invert(Image8 image) {
        return throughTable(image, table(value -> HIGHEST - value));
    }

    /**
     * Keeps the highest bits of each value.
     *
     * @param bits how many: all from 8 on, with 0 or less none
     */
    public static Image8 posterize(Image8 image, int bits) {
        int mask = HIGHEST << (Byte.SIZE - Math.max(0, Math.min(Byte.SIZE, bits)));
        return throughTable(image, table(value -> value & mask));
    }

    /** Values below the threshold stay, the others become 255 minus themselves. */
    public static Image8 solarize(Image8 image, double threshold) {
        return throughTable(image, table(value -> value < threshold ? value : HIGHEST - value));
    }

    /** Adds to values below the threshold, the others stay. */
    public static Image8 solarizeAdd(Image8 image, int added, int threshold) {
        return throughTable(image, table(value -> value < threshold ? value + added : value));
    }

    /**
     * A table of every value.
     *
     * @param function its results are cut off at 0 and 255
     */
    static byte[] table(IntUnaryOperator function) {
        byte[] table = new byte[COUNT];
        for (int value = 0; value < COUNT; value++) {
            table[value] = (byte) Math.max(0, Math.min(HIGHEST, function.applyAsInt(value)));
        }
        return table;
    }

    /** Replaces every value. */
    static Image8 throughTable(Image8 image, byte[] table) {
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i] = table[from[i] & 0xff];
        }
        return new Image8(image.height(), image.width(), image.channels(), to);
    }

    private interface TableOfHistogram {
        byte[] of(int[] histogram);
    }

    private static Image8 throughHistograms(Image8 image, TableOfHistogram tables) {
        int channels = image.channels();
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int channel = 0; channel < channels; channel++) {
            int[] histogram = new int[COUNT];
            for (int i = channel; i < from.length; i += channels) {
                histogram[from[i] & 0xff]++;
            }
            byte[] table = tables.of(histogram);
            for (int i = channel; i < from.length; i += channels) {
                to[i] = table[from[i] & 0xff];
            }
        }
        return new Image8(image.height(), image.width(), channels, to);
    }

    private static byte[] stretching(int[] histogram) {
        int lowest = 0;
        int highest = HIGHEST;
        while (histogram[lowest] == 0) {
            lowest++;
        }
        while (histogram[highest] == 0) {
            highest--;
        }
        if (highest == lowest) {
            return table(value -> value);
        }
        double scale = (double) HIGHEST / (highest - lowest);
        double offset = -lowest * scale;
        return table(value -> (int) (value * scale + offset));
    }

    /** Pillow leaves out the brightest value when it counts, so that it stays 255. */
    private static byte[] equalizing(int[] histogram) {
        int brightest = HIGHEST;
        while (histogram[brightest] == 0) {
            brightest--;
        }
        int darker = 0;
        for (int value = 0; value < brightest; value++) {
            darker += histogram[value];
        }
        int step = darker / HIGHEST;
        if (step == 0) {
            return table(value -> value);
        }
        int[] sums = new int[COUNT];
        sums[0] = step / 2;
        for (int value = 1; value < COUNT; value++) {
            sums[value] = sums[value - 1] + histogram[value - 1];
        }
        return table(value -> sums[value] / step);
    }
}
