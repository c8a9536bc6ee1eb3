package io.github.selfsup4j.plugins.imaging;

/**
 * Which inputs make each output along one axis of a resize, and with which weights: fixed-point numbers
 * with {@link #BITS} fractional digits, as Pillow computes them ({@code precompute_coeffs}).
 */
final class Coefficients {
    static final int BITS = 22;

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

    /** The first input of an output. */
    int first(int out) {
        return first[out];
    }

    /** The weights of an output's inputs, from {@link #first} on. */
    int[] weights(int out) {
        return weights[out];
    }
}
