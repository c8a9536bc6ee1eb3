package io.github.selfsup4j.plugins.resnet;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.Conv2d;
import io.github.selfsup4j.nn.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A convolution and the norm behind it, which in the state dict lie beside each other. */
record ConvNorm(Conv2d conv, BatchNorm norm) {
    private static final int ARRAYS = 6;

    /** Their arrays in the order of the kernels' arguments. */
    List<NDArray> arrays() {
        List<NDArray> arrays = new ArrayList<>(List.of(conv.weight()));
        arrays.addAll(norm.arrays());
        return arrays;
    }

    /** What the kernels take for one that is not there. */
    static List<NDArray> none(Kernels kernels) {
        return Collections.nCopies(ARRAYS, kernels.none());
    }

    /** Stops training of both. */
    void freeze() {
        conv.freeze();
        norm.freeze();
    }
}
