package io.github.selfsup4j.plugins.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.AdaptsWeights;
import io.github.selfsup4j.model.AttendsOverPatches;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.PatchEmbedding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What vision transformers of whole images share: patches, positions, layers and the last norm (Dosovitskiy et al.,
 * 2021).
 */
abstract class VisionTransformerBackbone extends Layer implements Backbone, AdaptsWeights, AttendsOverPatches {
    private final VisionTransformerConfig config;
    private final Kernels kernels;
    private final Size grid;
    private final ResizedPositions resizedPositions;
    final Parameter classToken;
    final Parameter positions;
    final PatchEmbedding patchEmbedding;
    final List<EncoderLayer> layers;
    final LayerNorm finalNorm;
    private final Kernel readout;

    /**
     * A transformer.
     *
     * @param patches how the weights of the patch embedding start
     * @param positions how the positions start
     * @param layer the shape of a layer by its index
     */
    VisionTransformerBackbone(
            VisionTransformerConfig config,
            Kernels kernels,
            Initializer patches,
            Initializer positions,
            IntFunction<EncoderLayer.Shape> layer) {
        this.config = config;
        this.kernels = kernels;
        grid = config.imgSize.patches(config.patchSize);
        readout = readout(grid);
        resizedPositions = new ResizedPositions(kernels, grid, config.interpolateMode);
        int dim = config.arch.embedDims;
        classToken = parameter("cls_token", Init.zeros(), 1, 1, dim);
        this.positions = parameter("pos_embed", positions, 1, 1 + grid.area(), dim);
        patchEmbedding = child(
                "patch_embed",
                new PatchEmbedding(kernels, config.inChannels, config.patchSize, dim, patches, Init.zeros()));
        layers = children(
                "layers",
                IntStream.range(0, config.arch.numLayers)
                        .mapToObj(i -> new EncoderLayer(kernels, layer.apply(i)))
                        .toList());
        finalNorm = config.finalNorm ? child("ln1", new LayerNorm(kernels, dim, config.normCfg.eps)) : null;
    }

    @Override
    protected void afterInitialize() {
        if (config.initCfg != null) {
            config.initCfg.loadInto(this);
        }
    }

    /**
     * Encodes every patch.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param positions {@code [1, 1 + patches, dim]}
     * @return after each of {@link #outIndices}, {@code [batch, 1 + patches, dim]}, the class token first
     */
    final NDList encode(NDArray images, NDArray positions, Pass pass) {
        NDArray x = pass.dropout(embed(images, positions), config.dropRate);
        NDList outputs = new NDList();
        for (int i = 0; i < layers.size(); i++) {
            x = pass.record("layers." + i, layers.get(i).forward(x, pass));
            if (i == layers.size() - 1 && finalNorm != null) {
                x = finalNorm.forward(x);
            }
            if (outIndices().contains(i)) {
                outputs.add(x);
            }
        }
        return outputs;
    }

    private NDArray embed(NDArray images, NDArray positions) {
        return patchEmbedding.embedAll(images, classToken.getArray(), positions);
    }

    @Override
    public final NDArray attention(NDArray images, int layer, Pass pass) {
        if (!gridOf(images).equals(grid)) {
            throw new IllegalArgumentException("the backbone's img_size is " + config.imgSize + ", but images are "
                    + images.getShape().get(2) + " x " + images.getShape().get(3)
                    + " pixels: make the pipeline's last size and img_size equal");
        }
        NDArray x = embed(images, positions.getArray());
        for (EncoderLayer before : layers.subList(0, layer)) {
            x = before.forward(x, pass);
        }
        return layers.get(layer).attentionWeights(x);
    }

    @Override
    public final int attentionLayers() {
        return layers.size();
    }

    @Override
    public final Size patchGrid() {
        return grid;
    }

    /**
     * The grid of patches of images.
     *
     * @throws IllegalArgumentException if they can't be cut into patches
     */
    final Size gridOf(NDArray images) {
        Size size =
                new Size((int) images.getShape().get(2), (int) images.getShape().get(3));
        if (!size.divisibleBy(config.patchSize)) {
            throw new IllegalArgumentException(
                    "images of " + size + " pixels can't be cut into patches of " + config.patchSize);
        }
        return size.patches(config.patchSize);
    }

    @Override
    public final List<Integer> outIndices() {
        return config.outIndices.of(config.arch.numLayers);
    }

    /** The class token of {@code [batch, 1 + patches, dim]}, {@code [batch, dim]}. */
    final NDArray classTokenOf(NDArray tokens) {
        return readout.call("class_token", tokens);
    }

    /** The mean of the patches, {@code [batch, dim]}. */
    final NDArray meanOfPatches(NDArray tokens) {
        return readout.call("mean_of_patches", tokens);
    }

    /**
     * The patches as a map {@code [batch, dim, height, width]}.
     *
     * @param found the grid of patches
     */
    final NDArray mapOfPatches(NDArray tokens, Size found) {
        return (found.equals(grid) ? readout : readout(found)).call("map_of_patches", tokens);
    }

    private Kernel readout(Size patches) {
        return kernels.load(
                VisionTransformerBackbone.class,
                "readout.torchscript",
                Map.of("rows", patches.height(), "columns", patches.width()));
    }

    /** Resizes positions of a square grid of another size. */
    @Override
    public Optional<HostTensor> adapt(String name, HostTensor found) {
        return resizedPositions.of(
                name, found, config.arch.embedDims, positions.getArray().getManager());
    }
}
