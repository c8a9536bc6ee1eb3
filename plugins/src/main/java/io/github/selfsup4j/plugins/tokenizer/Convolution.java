package io.github.selfsup4j.plugins.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Layer;

/** Weight {@code w [out, in, side, side]} and bias {@code b [out]} of a convolution of the DALL-E encoder. */
final class Convolution extends Layer {
    private final Parameter weight;
    private final Parameter bias;

    Convolution(int in, int out, int side) {
        weight = frozen("w", Init.normal(1 / Math.sqrt(in * side * (double) side)), out, in, side, side);
        bias = frozen("b", Init.zeros(), out);
    }

    NDArray weight() {
        return weight.getArray();
    }

    NDArray bias() {
        return bias.getArray();
    }
}
