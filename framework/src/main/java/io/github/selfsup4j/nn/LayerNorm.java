package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.Map;

/** Layer normalisation over the last axis, with weight and bias {@code [dim]}. */
public final class LayerNorm extends Layer {
    private final Parameter weight;
    private final Parameter bias;
    private final Kernel kernel;

    /** @param eps added to the variance */
    public LayerNorm(Kernels kernels, int dim, double eps) {
        this.kernel = kernels.load(LayerNorm.class, "layer_norm.torchscript", Map.of("eps", eps));
        this.weight = parameter("weight", Init.ones(), dim);
        this.bias = parameter("bias", Init.zeros(), dim);
    }

    /** The weight. */
    public NDArray weight() {
        return weight.getArray();
    }

    /** The bias. */
    public NDArray bias() {
        return bias.getArray();
    }

    /** Normalises {@code [..., dim]}. */
    public NDArray forward(NDArray x) {
        return kernel.call("norm", x, weight(), bias());
    }

    @Override
    protected NDArray infer(NDArray input) {
        return forward(input);
    }
}
