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

    /**
     * A linear map with zero bias.
     *
     * @param bias whether it has one
     */
    public Linear(Kernels kernels, int in, int out, boolean bias, Initializer weights) {
        this(kernels, in, out, bias, weights, Init.zeros());
    }

    private Linear(Kernels kernels, int in, int out, boolean bias, Initializer weights, Initializer biases) {
        this.kernels = kernels;
        this.weight = parameter("weight", weights, out, in);
        this.bias = bias ? parameter("bias", biases, out) : null;
    }

    /** A linear map that starts as PyTorch's: weights and bias uniform within {@code 1 / sqrt(in)}. */
    public static Linear asInPyTorch(Kernels kernels, int in, int out, boolean bias) {
        return new Linear(kernels, in, out, bias, Init.kaimingUniform(Math.sqrt(5)), Init.uniform(1 / Math.sqrt(in)));
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
