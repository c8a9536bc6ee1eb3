package io.github.selfsup4j.plugins.necks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A linear map of vectors and the norm behind it, if there is one; in the state dict they lie beside each other.
 * Float32 in all precisions: the loss depends on it much, and the time of a step little.
 */
final class FullyConnected {
    private static final int NORM_ARRAYS = 5;

    private final Linear linear;
    private final Optional<BatchNorm> norm;
    private final List<NDArray> noNorm;
    private final Kernel training;
    private final Kernel evaluation;

    FullyConnected(Kernels kernels, Linear linear, Optional<BatchNorm> norm, BatchNormConfig config) {
        this.linear = linear;
        this.norm = norm;
        noNorm = Collections.nCopies(NORM_ARRAYS, kernels.none());
        training = kernels.load(FullyConnected.class, "fully_connected.torchscript", config.constants(true));
        evaluation = kernels.load(FullyConnected.class, "fully_connected.torchscript", config.constants(false));
    }

    /** Maps {@code [batch, in, ...]}, flattened, to {@code [batch, out]}. */
    NDArray forward(NDArray x, Pass pass) {
        if (pass.training() && norm.isPresent() && x.getShape().get(0) == 1) {
            throw new IllegalArgumentException(
                    "batch normalisation of vectors needs more than one image a batch to train on:"
                            + " set data.samples_per_gpu to 2 or more, and data.drop_last if the last batch is of one");
        }
        NDList inputs = new NDList(x, linear.weight(), linear.bias());
        inputs.addAll(norm.map(BatchNorm::arrays).orElse(noNorm));
        return (pass.training() ? training : evaluation).call("fully_connected", inputs.toArray(new NDArray[0]));
    }

    /** The same of {@code max(x, 0)}. */
    NDArray forwardPositive(NDArray x, Pass pass) {
        return forward(training.call("relu", x), pass);
    }
}
