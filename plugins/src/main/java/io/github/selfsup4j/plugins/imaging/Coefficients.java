package io.github.selfsup4j.plugins.imaging;

import java.util.Arrays;

/**
 * Which lines make each line of a resized picture, and with which weights: fixed-point numbers with 22
 * fractional digits, as Pillow computes them ({@code precompute_coeffs}).
 *
 * <p>A line is a row or a column of values from 0 to 255. Sums are of whole lines, each in an array of its
 * own, since that is what the compiler turns into vector instructions.
 */
final class Coefficients {
    private static final int BITS = 22;
    private static final int HALF = 1 << (BITS - 1);
    private static final int TAPS_AT_ONCE = 4;

    private final int[] first;
    private final int[][] weights;

    Coefficients(int inSize, int outSize, Interpolation filter) {
        first = new int[outSize];
        weights = new int[outSize][];
        double scale = (double) inSize / outSize;
        double filterScale = Math.max(1, scale);
        double support = filter.support() * filterScale;
        double[] real = new double[(int) Math.ceil(support) * 2 + 1];
        for (int out = 0; out < outSize; out++) {
            double center = (out + 0.5) * scale;
            int begin = Math.max(0, (int) (center - support + 0.5));
            int end = Math.min(inSize, (int) (center + support + 0.5));
            for (int in = begin; in < end; in++) {
                real[in - begin] = filter.weight((in - center + 0.5) * (1 / filterScale));
            }
            first[out] = begin;
            weights[out] = toFixedPoint(real, end - begin);
        }
    }

    private static int[] toFixedPoint(double[] real, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += real[i];
        }
        int[] fixed = new int[count];
        for (int i = 0; i < count; i++) {
            double weight = (sum == 0 ? real[i] : real[i] / sum) * (1 << BITS);
            fixed[i] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
        }
        return fixed;
    }

    /** Number of outputs. */
    int size() {
        return first.length;
    }

    /**
     * The weighted sum of an output's inputs, {@link #round} still to be applied to each value.
     *
     * @param lines all inputs
     * @param sum overwritten; as long as a line
     */
    void sum(int[][] lines, int out, int[] sum) {
        int[] taps = weights[out];
        int in = first[out];
        Arrays.fill(sum, HALF);
        int tap = 0;
        for (; tap + TAPS_AT_ONCE <= taps.length; tap += TAPS_AT_ONCE) {
            addFour(sum, lines, in + tap, taps, tap);
        }
        for (; tap < taps.length; tap++) {
            addOne(sum, lines[in + tap], taps[tap]);
        }
    }

    /** A value of a sum as a whole number from 0 to 255. */
    static int round(int fixedPoint) {
        return Math.max(0, Math.min(255, fixedPoint >> BITS));
    }

    private static void addFour(int[] sum, int[][] lines, int in, int[] taps, int tap) {
        int[] a = lines[in];
        int[] b = lines[in + 1];
        int[] c = lines[in + 2];
        int[] d = lines[in + 3];
        int weightA = taps[tap];
        int weightB = taps[tap + 1];
        int weightC = taps[tap + 2];
        int weightD = taps[tap + 3];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += a[i] * weightA + b[i] * weightB + c[i] * weightC + d[i] * weightD;
        }
    }

    private static void addOne(int[] sum, int[] line, int weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += line[i] * weight;
        }
    }
}
