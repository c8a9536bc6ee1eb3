package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;

/**
 * Weight, bias and running statistics of batch normalisation, each {@code [channels]}, as PyTorch's {@code BatchNorm1d}
 * and {@code BatchNorm2d}; computed inside a kernel by {@code self.batch_norm}, which in training also moves the
 * running statistics.
 */
public final class BatchNorm extends Layer {
    private final Kernels kernels;
    private final BatchNormConfig config;
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter runningMean;
    private final Parameter runningVar;
    private final Parameter batchesTracked;

    /** A norm whose weight starts as ones. */
    public BatchNorm(Kernels kernels, int channels, BatchNormConfig config) {
        this(kernels, channels, config, Init.ones());
    }

    /**
     * A norm.
     *
     * @param weights how its weight starts
     */
    public BatchNorm(Kernels kernels, int channels, BatchNormConfig config, Initializer weights) {
        this.kernels = kernels;
        this.config = config;
        weight = config.affine ? affine("weight", weights, channels) : null;
        bias = config.affine ? affine("bias", Init.zeros(), channels) : null;
        runningMean = buffer("running_mean", Init.zeros(), channels);
        runningVar = buffer("running_var", Init.ones(), channels);
        batchesTracked = buffer("num_batches_tracked", (manager, shape, type) -> manager.zeros(shape, DataType.INT64));
    }

    private Parameter affine(String name, Initializer initializer, int channels) {
        return config.requiresGrad ? parameter(name, initializer, channels) : frozen(name, initializer, channels);
    }

    /** Weight, bias, running mean, running variance and count, in the order of the kernels' arguments. */
    public List<NDArray> arrays() {
        return List.of(
                array(weight), array(bias), runningMean.getArray(), runningVar.getArray(), batchesTracked.getArray());
    }

    /** True if the config asks for statistics over several devices. */
    public boolean isSynchronised() {
        return config.type == BatchNormConfig.Type.SYNCHRONISED;
    }

    private NDArray array(Parameter parameter) {
        return parameter == null ? kernels.none() : parameter.getArray();
    }
}
