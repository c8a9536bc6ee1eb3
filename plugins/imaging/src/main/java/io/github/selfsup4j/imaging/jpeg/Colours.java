package io.github.selfsup4j.imaging.jpeg;

import io.github.selfsup4j.imaging.Lines;
import io.github.selfsup4j.imaging.PackedPixels;

/** Red, green and blue of lines of brightness, blueness and redness, as libjpeg computes them ({@code jdcolor.c}). */
final class Colours {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int CENTRE = 128;
    /** 1.402, 0.71414, 0.34414 and 1.772 in fixed point. */
    private static final int RED = 91881;

    private static final int GREEN_BY_RED = -46802;
    private static final int GREEN_BY_BLUE = -22554;
    private static final int BLUE = 116130;

    private final int width;
    private final int[] red;
    private final int[] green;
    private final int[] blue;
    private final int[] packed;

    /** @param width number of pixels in a line */
    Colours(int width) {
        this.width = width;
        red = new int[width];
        green = new int[width];
        blue = new int[width];
        packed = new int[width];
    }

    /** Writes a line of pixels from an offset on. Lines are written in order. */
    void line(int[] brightness, int[] blueness, int[] redness, byte[] pixels, int offset) {
        Lines.add(brightness, redness, RED, HALF - CENTRE * RED, BITS, red, width);
        Lines.add(brightness, blueness, BLUE, HALF - CENTRE * BLUE, BITS, blue, width);
        Lines.add(
                brightness,
                blueness,
                GREEN_BY_BLUE,
                redness,
                GREEN_BY_RED,
                HALF - CENTRE * (GREEN_BY_BLUE + GREEN_BY_RED),
                BITS,
                green,
                width);
        Lines.clamp(red, 0, width);
        Lines.clamp(green, 0, width);
        Lines.clamp(blue, 0, width);
        Lines.pack(red, green, blue, packed, width);
        PackedPixels.write(packed, width, pixels, offset);
    }
}
