package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/** Weight {@code [out, in]} and bias {@code [out]} of a linear map; the product is part of a kernel. */
public final class Linear extends Layer {
    private final Parameter weight;
    private final Parameter bias;
    private final Kernels kernels;

    /** A linear map with Glorot's uniform weights and zero bias. */
    public Linear(Kernels kernels, int in, int out, boolean bias) {
        this(kernels, in, out, bias, Init.xavierUniform());
    }

    /** A linear map. @param bias whether it has one */
    public Linear(Kernels kernels, int in, int out, boolean bias, Initializer weights) {
        this.kernels = kernels;
        this.weight = parameter("weight", weights, out, in);
        this.bias = bias ? parameter("bias", Init.zeros(), out) : null;
    }

    /** The weight. */
    public NDArray weight() {
        return weight.getArray();
    }

    /** The bias; an empty array if there is none, as kernels want it. */
    public NDArray bias() {
        return bias == null ? kernels.none() : bias.getArray();
    }
}
