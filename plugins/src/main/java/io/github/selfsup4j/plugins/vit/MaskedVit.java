package io.github.selfsup4j.plugins.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.AdaptsWeights;
import io.github.selfsup4j.model.AttendsOverPatches;
import io.github.selfsup4j.model.MaskedEncoder;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.PatchEmbedding;
import io.github.selfsup4j.nn.SinCosPositions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Vision transformer that encodes some patches of an image. Positions are fixed sine-cosine tables. */
public abstract class MaskedVit extends Layer implements MaskedEncoder, AdaptsWeights, AttendsOverPatches {

    /**
     * In what the methods' transformers differ.
     *
     * @param inChannels number of channels of an image
     * @param qkvBias see {@link io.github.selfsup4j.nn.SelfAttention}
     * @param initValues start of the layer scales; 0 for none
     * @param classToken how the class token starts
     * @param patchWeight how the patch embedding's weight starts
     * @param patchBias how the patch embedding's bias starts
     */
    public record Variant(
            int inChannels,
            boolean qkvBias,
            double initValues,
            Initializer classToken,
            Initializer patchWeight,
            Initializer patchBias) {}

    private final Size grid;
    private final Arch arch;
    private final Parameter classToken;
    private final Parameter positions;
    private final PatchEmbedding patchEmbedding;
    private final List<EncoderLayer> layers;
    private final LayerNorm finalNorm;
    private final MaskedVitConfig config;
    private final ResizedPositions resizedPositions;

    /** A transformer of that size. */
    protected MaskedVit(MaskedVitConfig config, Variant variant, Kernels kernels) {
        this.config = config;
        arch = config.arch;
        grid = config.imgSize.patches(config.patchSize);
        resizedPositions = new ResizedPositions(kernels, grid, config.interpolateMode);
        classToken = parameter("cls_token", variant.classToken, 1, 1, arch.embedDims);
        positions = frozen(
                "pos_embed",
                SinCosPositions.initializer(grid.height(), grid.width(), arch.embedDims),
                1,
                1 + grid.area(),
                arch.embedDims);
        patchEmbedding = child(
                "patch_embed",
                new PatchEmbedding(
                        kernels,
                        variant.inChannels,
                        config.patchSize,
                        arch.embedDims,
                        variant.patchWeight,
                        variant.patchBias));
        double[] dropPathRates = DropPath.rates(config.dropPathRate, arch.numLayers);
        layers = children(
                "layers",
                IntStream.range(0, arch.numLayers)
                        .mapToObj(i -> new EncoderLayer(
                                kernels,
                                new EncoderLayer.Shape(
                                        arch.embedDims,
                                        arch.numHeads,
                                        arch.feedforwardChannels,
                                        variant.qkvBias,
                                        variant.initValues,
                                        config.dropRate,
                                        0,
                                        dropPathRates[i],
                                        config.normCfg.eps)))
                        .toList());
        finalNorm = config.finalNorm ? child("ln1", new LayerNorm(kernels, arch.embedDims, config.normCfg.eps)) : null;
    }

    @Override
    protected void afterInitialize() {
        if (config.initCfg != null) {
            config.initCfg.loadInto(this);
        }
    }

    /** Resizes positions of a square grid of another size. */
    @Override
    public Optional<HostTensor> adapt(String name, HostTensor found) {
        return resizedPositions.of(
                name, found, arch.embedDims, positions.getArray().getManager());
    }

    @Override
    public NDArray encode(NDArray images, NDArray visible, Pass pass) {
        requireSize(images);
        return encode(patchEmbedding.embed(images, visible, classToken.getArray(), positions.getArray()), pass);
    }

    private NDArray encode(NDArray tokens, Pass pass) {
        NDArray x = pass.dropout(tokens, config.dropRate);
        for (int i = 0; i < layers.size(); i++) {
            x = pass.record("layers." + i, Pass.replace(x, layers.get(i).forward(x, pass)));
        }
        return finalNorm == null ? x : finalNorm.forward(x);
    }

    private void requireSize(NDArray images) {
        Size found =
                new Size((int) images.getShape().get(2), (int) images.getShape().get(3));
        if (!found.equals(config.imgSize)) {
            throw ConfigException.of("the pipeline makes images of size " + found + ", the backbone's img_size is "
                    + config.imgSize + "; make them equal");
        }
    }

    @Override
    public NDList features(NDArray images, Pass pass) {
        requireSize(images);
        return new NDList(encode(patchEmbedding.embedAll(images, classToken.getArray(), positions.getArray()), pass));
    }

    @Override
    public NDArray attention(NDArray images, int layer, Pass pass) {
        requireSize(images);
        NDArray x = patchEmbedding.embedAll(images, classToken.getArray(), positions.getArray());
        for (EncoderLayer before : layers.subList(0, layer)) {
            x = before.forward(x, pass);
        }
        return layers.get(layer).attentionWeights(x);
    }

    @Override
    public int attentionLayers() {
        return layers.size();
    }

    @Override
    public Size patchGrid() {
        return grid;
    }

    @Override
    public NDArray positions() {
        return positions.getArray();
    }

    @Override
    public int patches() {
        return grid.area();
    }

    @Override
    public int embedDims() {
        return arch.embedDims;
    }
}
