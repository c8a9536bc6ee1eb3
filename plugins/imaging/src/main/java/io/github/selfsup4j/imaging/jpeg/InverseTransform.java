package io.github.selfsup4j.imaging.jpeg;

import io.github.selfsup4j.imaging.Lines;

/**
 * The inverse cosine transform of many blocks at once, equal to libjpeg's accurate one in integers ({@code jidctint.c}:
 * Loeffler, Ligtenberg, Moschytz). Its products are multiplied out: that takes more of them, but every step is a sum of
 * four lines.
 */
final class InverseTransform {
    private static final int SIZE = 8;
    /** Weights of inputs 0, 2, 4, 6 in outputs 0 to 3, and the same in 7 to 4. */
    private static final int[][] EVEN = {
        {8192, 10703, 8192, 4433}, {8192, 4433, -8192, -10704}, {8192, -4433, -8192, 10704}, {8192, -10703, 8192, -4433}
    };
    /** Weights of inputs 1, 3, 5, 7 in outputs 0 to 3, and with the other sign in 7 to 4. */
    private static final int[][] ODD = {
        {11363, 9633, 6437, 2260}, {9633, -2259, -11362, -6436}, {6437, -11362, 2261, 9633}, {2260, -6436, 9633, -11363}
    };
    /** Binary digits that are dropped after each pass. */
    private static final int FIRST_SHIFT = 11;

    private static final int SECOND_SHIFT = 18;
    /** What a block of zeros is as samples. */
    private static final int CENTRE = 128;

    private final int[][] between;
    private final int[] even;
    private final int[] odd;

    /** @param most largest number of blocks */
    InverseTransform(int most) {
        between = new int[SIZE * SIZE][most];
        even = new int[most];
        odd = new int[most];
    }

    /**
     * Turns coefficients into samples from 0 to 255, in place.
     *
     * @param blocks {@code [8 * row + column][block]}
     * @param count number of blocks
     */
    void apply(int[][] blocks, int count) {
        for (int column = 0; column < SIZE; column++) {
            pass(blocks, between, column, SIZE, 0, FIRST_SHIFT, count);
        }
        for (int row = 0; row < SIZE; row++) {
            pass(between, blocks, SIZE * row, 1, CENTRE, SECOND_SHIFT, count);
        }
        for (int[] line : blocks) {
            Lines.clamp(line, 0, count);
        }
    }

    private void pass(int[][] from, int[][] to, int first, int step, int offset, int shift, int count) {
        int start = (offset << shift) + (1 << (shift - 1));
        for (int i = 0; i < SIZE / 2; i++) {
            Lines.sum(
                    from[first],
                    from[first + 2 * step],
                    from[first + 4 * step],
                    from[first + 6 * step],
                    EVEN[i],
                    0,
                    start,
                    even,
                    count);
            Lines.sum(
                    from[first + step],
                    from[first + 3 * step],
                    from[first + 5 * step],
                    from[first + 7 * step],
                    ODD[i],
                    0,
                    0,
                    odd,
                    count);
            Lines.add(even, odd, shift, to[first + i * step], count);
            Lines.subtract(even, odd, shift, to[first + (SIZE - 1 - i) * step], count);
        }
    }
}
