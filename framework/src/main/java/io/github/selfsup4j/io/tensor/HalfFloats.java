package io.github.selfsup4j.io.tensor;

/** The two 16-bit floating-point formats as {@code float}: every value of either is exact. */
final class HalfFloats {
    /** 2^-24, the step between float16's subnormal numbers. */
    private static final float SUBNORMAL_STEP = 0x1p-24f;

    private HalfFloats() {}

    /** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
    static float float16(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * SUBNORMAL_STEP;
            return bits < 0 ? -magnitude : magnitude;
        }
        int wideExponent = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat((bits & 0x8000) << 16 | wideExponent << 23 | fraction << 13);
    }

    /** bfloat16: the upper half of a float32. */
    static float bfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
