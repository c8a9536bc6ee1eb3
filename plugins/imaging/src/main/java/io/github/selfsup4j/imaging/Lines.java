package io.github.selfsup4j.imaging;

/**
 * Arithmetic on whole lines of numbers, one result a loop, no more than four inputs, no branches: loops like these are
 * what the compiler turns into vector instructions, others it does not.
 */
public final class Lines {
    private static final int LARGEST = 255;

    private Lines() {}

    /** {@code start + weights[first] * a + weights[first + 1] * b + weights[first + 2] * c + weights[first + 3] * d} */
    public static void sum(
            int[] a, int[] b, int[] c, int[] d, int[] weights, int first, int start, int[] to, int count) {
        int weightA = weights[first];
        int weightB = weights[first + 1];
        int weightC = weights[first + 2];
        int weightD = weights[first + 3];
        for (int i = 0; i < count; i++) {
            to[i] = a[i] * weightA + b[i] * weightB + c[i] * weightC + d[i] * weightD + start;
        }
    }

    /** Adds the same to what is there. */
    static void add(int[] a, int[] b, int[] c, int[] d, int[] weights, int first, int[] to, int count) {
        int weightA = weights[first];
        int weightB = weights[first + 1];
        int weightC = weights[first + 2];
        int weightD = weights[first + 3];
        for (int i = 0; i < count; i++) {
            to[i] += a[i] * weightA + b[i] * weightB + c[i] * weightC + d[i] * weightD;
        }
    }

    /** {@code (a + b) >> shift} */
    public static void add(int[] a, int[] b, int shift, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = (a[i] + b[i]) >> shift;
        }
    }

    /** {@code (a - b) >> shift} */
    public static void subtract(int[] a, int[] b, int shift, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = (a[i] - b[i]) >> shift;
        }
    }

    /** {@code a + ((start + weight * b) >> shift)} */
    public static void add(int[] a, int[] b, int weight, int start, int shift, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = a[i] + ((b[i] * weight + start) >> shift);
        }
    }

    /** {@code a + ((start + weightB * b + weightC * c) >> shift)} */
    public static void add(
            int[] a, int[] b, int weightB, int[] c, int weightC, int start, int shift, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = a[i] + ((b[i] * weightB + c[i] * weightC + start) >> shift);
        }
    }

    /** {@code (start + 3 * a[near + i] + a[far + i]) >> shift} */
    public static void smooth(int[] a, int near, int far, int start, int shift, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = (3 * a[near + i] + a[far + i] + start) >> shift;
        }
    }

    /** {@code values >> shift}, with 0 for what is below 0, and 255 for what is above 255. */
    public static void clamp(int[] values, int shift, int count) {
        for (int i = 0; i < count; i++) {
            int shifted = values[i] >> shift;
            int positive = shifted & ~(shifted >> 31);
            int excess = positive - LARGEST;
            values[i] = (excess & excess >> 31) + LARGEST;
        }
    }

    /** Bytes together in one number, the first one lowest. */
    public static void pack(int[] a, int[] b, int[] c, int[] d, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24;
        }
    }

    /** The same for three. */
    public static void pack(int[] a, int[] b, int[] c, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = a[i] | b[i] << 8 | c[i] << 16;
        }
    }

    /** The same for three lines that are one after the other in an array. */
    public static void pack(int[] lines, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = lines[i] | lines[count + i] << 8 | lines[2 * count + i] << 16;
        }
    }

    /**
     * A byte of every packed number.
     *
     * @param shift 0 for the lowest byte, 8 for the next
     */
    public static void unpack(int[] packed, int shift, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = packed[i] >> shift & LARGEST;
        }
    }
}
