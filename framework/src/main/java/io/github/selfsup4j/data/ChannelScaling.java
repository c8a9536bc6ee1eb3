package io.github.selfsup4j.data;

/** The config of a transform that makes {@code (value - mean) / std} of each channel's values, for whoever wants to see the picture again. */
public interface ChannelScaling {
    /** Mean of each channel. */
    float[] mean();

    /** Standard deviation of each channel. */
    float[] std();
}
