package io.github.selfsup4j.data;

/** What a {@link Sample} can hold under a name. */
public sealed interface SampleValue permits Picture, FloatArray, LongArray {}
