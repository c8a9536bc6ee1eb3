package io.github.selfsup4j.features;

import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import java.util.Map;

/** Shifts and scales features so that each of a reference set has mean 0 and variance 1. */
public final class Standardiser {
    private final Kernel kernel;
    private final NDList moments;

    /** @param reference not changed; its scope is this object's too */
    public Standardiser(Kernels kernels, Features reference) {
        kernel = kernels.load(Standardiser.class, "standardiser.torchscript", Map.of());
        try (NoGradient off = new NoGradient()) {
            moments = kernel.callAll("moments", reference.rows());
        }
    }

    /** Changes features in place. A feature that is constant in the reference is only shifted. */
    public void apply(Features features) {
        try (NoGradient off = new NoGradient()) {
            kernel.call("standardise", features.rows(), moments.get(0), moments.get(1))
                    .close();
        }
    }
}
