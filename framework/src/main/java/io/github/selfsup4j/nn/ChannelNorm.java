package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.data.ChannelScaling;
import java.util.HashMap;
import java.util.Map;

/** Shifts and scales the three channels of images by constants, where a model does it and not the pipeline. */
public final class ChannelNorm {
    private static final int CHANNELS = 3;

    private final Kernel kernel;

    /** @throws IllegalArgumentException if the scaling is not one of three channels */
    public ChannelNorm(Kernels kernels, ChannelScaling scaling) {
        if (scaling.mean().length != CHANNELS || scaling.std().length != CHANNELS) {
            throw new IllegalArgumentException(
                    "images have " + CHANNELS + " channels, their scaling has " + scaling.mean().length);
        }
        Map<String, Number> constants = new HashMap<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            constants.put("mean_" + channel, scaling.mean()[channel]);
            constants.put("std_" + channel, scaling.std()[channel]);
        }
        kernel = kernels.load(ChannelNorm.class, "channel_norm.torchscript", constants);
    }

    /** Maps {@code [batch, 3, height, width]} in [0, 1] to the same shape. */
    public NDArray forward(NDArray images) {
        return kernel.call("normalize", images);
    }
}
