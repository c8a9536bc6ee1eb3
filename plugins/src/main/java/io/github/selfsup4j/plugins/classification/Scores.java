package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Linear;
import java.util.Map;

/** The functions that classification heads share. */
final class Scores {
    private final Kernel kernel;

    /** @param smoothing share of a label that goes to all classes alike (Szegedy et al., 2016) */
    Scores(Kernels kernels, double smoothing) {
        kernel = kernels.load(
                Scores.class,
                "heads.torchscript",
                Map.of("smoothing", smoothing, "train", 0, "momentum", 0.1, "eps", 1e-6));
    }

    /** {@code [batch, classes]} of features {@code [batch, dim, ...]}. */
    NDArray of(NDArray features, Linear classifier) {
        return kernel.call("scores", features, classifier.weight(), classifier.bias());
    }

    /** The mean of feature maps {@code [batch, channels, height, width]}. */
    NDArray average(NDArray maps) {
        return kernel.call("average", maps);
    }

    /** Cross entropy, without smoothing. */
    NDArray crossEntropy(NDArray scores, NDArray label) {
        return kernel.call("cross_entropy", scores, label);
    }

    /** Cross entropy with smoothed labels. */
    NDArray smoothedCrossEntropy(NDArray scores, NDArray label) {
        return kernel.call("smoothed_cross_entropy", scores, label);
    }

    /** Per cent of images whose highest score is their label's. */
    NDArray accuracy(NDArray scores, NDArray label) {
        return kernel.call("accuracy", scores, label);
    }

    /** Per cent of images whose label is among the {@code k} highest scores. */
    NDArray accuracy(NDArray scores, NDArray label, int k) {
        return kernel.call("top_accuracy", scores, label, label.getManager().create((long) k));
    }

    /**
     * The last of a backbone's outputs, for heads that take a vector an image.
     *
     * @throws IllegalArgumentException if it is no such
     */
    static NDArray vector(NDList features, String head) {
        NDArray last = features.get(features.size() - 1);
        if (last.getShape().dimension() != 2) {
            throw new IllegalArgumentException(
                    head + " takes one vector an image, the backbone gives " + last.getShape());
        }
        return last;
    }
}
