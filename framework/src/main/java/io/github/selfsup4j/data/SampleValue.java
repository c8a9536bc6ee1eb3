package io.github.selfsup4j.data;

/** What a {@link Sample} can hold under a name: an undecoded picture is none of these, a decoded one is. */
public sealed interface SampleValue permits Image8, FloatArray, LongArray {}
