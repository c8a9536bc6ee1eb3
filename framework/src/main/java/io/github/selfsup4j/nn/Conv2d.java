package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

/**
 * The weight {@code [out, in / groups, side, side]} of a convolution without bias; stride, padding and dilation are the
 * kernel's. Starts as mmcv's {@code Kaiming}.
 */
public final class Conv2d extends Layer {
    private final Parameter weight;

    /** @param side height and width of the window in pixels */
    public Conv2d(int in, int out, int side, int groups) {
        weight = parameter("weight", Init.kaimingNormal(), out, in / groups, side, side);
    }

    /** The weight. */
    public NDArray weight() {
        return weight.getArray();
    }
}
