package io.github.selfsup4j.data;

/**
 * {@code (value - mean) / std} of each channel's values in [0, 1]: the config of a transform that makes it, or another
 * word on it.
 */
public interface ChannelScaling {
    /** Mean of each channel. */
    float[] mean();

    /** Standard deviation of each channel. */
    float[] std();

    /** A scaling of its own. */
    static ChannelScaling of(float[] mean, float[] std) {
        return new ChannelScaling() {
            @Override
            public float[] mean() {
                return mean.clone();
            }

            @Override
            public float[] std() {
                return std.clone();
            }
        };
    }
}
