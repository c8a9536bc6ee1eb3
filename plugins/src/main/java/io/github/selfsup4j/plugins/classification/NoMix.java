package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;

/** Leaves images as they are (mmcls's {@code Identity}). */
final class NoMix extends BatchMix {
    @Override
    Augments.Mixed apply(NDArray images, NDArray label, Pass pass, Kernels kernels) {
        return new Augments.Mixed(images, label);
    }
}
