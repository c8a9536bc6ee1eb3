package io.github.selfsup4j.data;

/** To be replaced within the hour by the real one: an 8-bit image. */
public record Image8(int width, int height, int channels, byte[] pixels) implements SampleValue {}
