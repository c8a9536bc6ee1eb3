package io.github.selfsup4j.imaging;

/**
 * Which lines make each line of a resized picture, and with which weights: fixed-point numbers with 22 fractional
 * digits, as Pillow computes them ({@code precompute_coeffs}).
 *
 * <p>A line is a row or a column of values from 0 to 255. Sums are of whole lines, each in an array of its own, since
 * that is what the compiler turns into vector instructions.
 */
final class Coefficients {
    /** Fractional digits. */
    static final int BITS = 22;

    private static final int HALF = 1 << (BITS - 1);
    private static final int TAPS_AT_ONCE = 4;

    /** Gives the input of a number. */
    interface Input {
        void read(int number, int[] line);
    }

    /** Takes the sum of a number, which is overwritten after that. */
    interface Output {
        void write(int number, int[] sum);
    }

    private final int[] first;
    private final int[] counts;
    private final int[][] weights;
    /** Largest number of inputs of an output. */
    private int window;

    Coefficients(int inSize, int outSize, Interpolation filter) {
        first = new int[outSize];
        counts = new int[outSize];
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
            counts[out] = end - begin;
            window = Math.max(window, end - begin);
            weights[out] = toFixedPoint(real, end - begin);
        }
    }

    private static int[] toFixedPoint(double[] real, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += real[i];
        }
        int[] fixed = new int[(count + TAPS_AT_ONCE - 1) / TAPS_AT_ONCE * TAPS_AT_ONCE];
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
     * Adds up, in order: no more inputs are kept than an output needs.
     *
     * @param size of a line
     * @param input gives each input once
     * @param output takes the weighted sum for each output, in fixed point; halves are added already
     */
    void sum(int size, Input input, Output output) {
        int[][] lines = new int[window][size];
        int[] sum = new int[size];
        int next = 0;
        for (int out = 0; out < first.length; out++) {
            for (int end = first[out] + counts[out]; next < end; next++) {
                input.read(next, lines[next % window]);
            }
            sum(lines, out, sum);
            output.write(out, sum);
        }
    }

    private void sum(int[][] lines, int out, int[] sum) {
        int last = first[out] + counts[out] - 1;
        for (int tap = 0; tap < counts[out]; tap += TAPS_AT_ONCE) {
            // Weights beyond the last are 0, so that any line will do.
            int in = first[out] + tap;
            add(
                    lines[in % window],
                    lines[Math.min(last, in + 1) % window],
                    lines[Math.min(last, in + 2) % window],
                    lines[Math.min(last, in + 3) % window],
                    weights[out],
                    tap,
                    sum);
        }
    }

    private static void add(int[] a, int[] b, int[] c, int[] d, int[] taps, int tap, int[] sum) {
        if (tap == 0) {
            Lines.sum(a, b, c, d, taps, 0, HALF, sum, sum.length);
        } else {
            Lines.add(a, b, c, d, taps, tap, sum, sum.length);
        }
    }
}
