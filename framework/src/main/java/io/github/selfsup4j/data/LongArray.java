package io.github.selfsup4j.data;

/**
 * Int64 values in row-major order: labels, indices, masks (1 = masked).
 *
 * @param values the values, not copied
 * @param shape the shape; none for a single number
 */
public record LongArray(long[] values, long... shape) implements SampleValue {}
