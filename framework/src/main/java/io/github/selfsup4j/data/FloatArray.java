package io.github.selfsup4j.data;

/**
 * Float32 values in row-major order.
 *
 * @param values the values, not copied
 * @param shape the shape, for example {@code [channels, height, width]}
 */
public record FloatArray(float[] values, long... shape) implements SampleValue {}
