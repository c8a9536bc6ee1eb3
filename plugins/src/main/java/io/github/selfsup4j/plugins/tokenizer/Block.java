package io.github.selfsup4j.plugins.tokenizer;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import java.util.ArrayList;
import java.util.List;

/** The weights of a residual bottleneck block of the DALL-E encoder. */
final class Block extends Layer {
    private final Kernels kernels;
    private final Convolution identity;
    private final List<Convolution> residual = new ArrayList<>();

    Block(int in, int out, Kernels kernels) {
        this.kernels = kernels;
        int hidden = out / 4;
        identity = in == out ? null : child("id_path", new Convolution(in, out, 1));
        residual.add(child("res_path.conv_1", new Convolution(in, hidden, 3)));
        residual.add(child("res_path.conv_2", new Convolution(hidden, hidden, 3)));
        residual.add(child("res_path.conv_3", new Convolution(hidden, hidden, 3)));
        residual.add(child("res_path.conv_4", new Convolution(hidden, out, 1)));
    }

    /** Weight and bias of the identity path, empty arrays if it has none, and of the residual path's convolutions. */
    List<NDArray> arrays() {
        List<NDArray> arrays = new ArrayList<>();
        arrays.add(identity == null ? kernels.none() : identity.weight());
        arrays.add(identity == null ? kernels.none() : identity.bias());
        residual.forEach(convolution -> {
            arrays.add(convolution.weight());
            arrays.add(convolution.bias());
        });
        return arrays;
    }
}
