package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Map;

/**
 * Cuts images into patches and maps each linearly: the convolution {@code projection} of the reference, with weight
 * {@code [dim, 3, patch, patch]}, computed for chosen patches only.
 */
public final class PatchEmbedding extends Layer {
    private final Kernel kernel;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * An embedding.
     *
     * @param patchSize side of a patch in pixels
     * @param weights how the weight starts
     * @param biases how the bias starts
     */
    public PatchEmbedding(
            Kernels kernels, int channels, int patchSize, int embedDims, Initializer weights, Initializer biases) {
        kernel = kernels.load(PatchEmbedding.class, "patch_embedding.torchscript", Map.of("patch", patchSize));
        weight = parameter("projection.weight", weights, embedDims, channels, patchSize, patchSize);
        bias = parameter("projection.bias", biases, embedDims);
    }

    /**
     * Embeds chosen patches, adds their positions and puts the class token in front.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param chosen int64 {@code [batch, tokens]}: patches by index in row-major order
     * @param classToken {@code [1, 1, dim]}
     * @param positions {@code [1, 1 + patches, dim]}, the class token's first
     * @return {@code [batch, 1 + tokens, dim]}
     */
    public NDArray embed(NDArray images, NDArray chosen, NDArray classToken, NDArray positions) {
        return kernel.call("embed", images, chosen, weight.getArray(), bias.getArray(), classToken, positions);
    }

    /**
     * As {@link #embed}, for every patch.
     *
     * @return {@code [batch, 1 + patches, dim]}
     */
    public NDArray embedAll(NDArray images, NDArray classToken, NDArray positions) {
        return kernel.call("embed_all", images, weight.getArray(), bias.getArray(), classToken, positions);
    }
}
