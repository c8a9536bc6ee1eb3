package io.github.selfsup4j.plugins.cae;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.model.AdaptsWeights;
import io.github.selfsup4j.model.MaskedEncoder;
import io.github.selfsup4j.model.Pretrained;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.PatchEmbedding;
import io.github.selfsup4j.nn.PositionTable;
import io.github.selfsup4j.nn.SinCosPositions;
import io.github.selfsup4j.plugins.vit.Arch;
import io.github.selfsup4j.plugins.vit.NormConfig;
import io.github.selfsup4j.registry.Component;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Vision transformer that encodes the visible patches only (CAE, section 3.1; the reference's {@code
 * CAEViT}). Positions are fixed sine-cosine tables.
 */
@Component("CAEViT")
public final class CaeVit extends Layer implements MaskedEncoder, AdaptsWeights {

    /** Keys of {@code CAEViT}. */
    public static final class Config implements Validated {
        /** Size of the transformer: a preset's name, or {@code {embed_dims, num_layers, num_heads, feedforward_channels}}. */
        public Arch arch = Arch.preset("b");
        /** Side of an image in pixels, or {@code [height, width]}. */
        public Size imgSize = Size.square(224);
        /** Side of a patch in pixels; divides the image's sides. */
        public int patchSize = 16;
        /** Number of channels of an image. */
        public int inChannels = 3;
        /** Dropout after the positions are added, and in every layer. */
        public double dropRate = 0;
        /** Stochastic depth of the last layer; grows evenly from 0. */
        public double dropPathRate = 0;
        /** One bias for queries, keys and values; if false, separate ones for queries and values. */
        public boolean qkvBias = true;
        /** Norms of the layers. */
        public NormConfig normCfg = new NormConfig();
        /** Whether the last layer is followed by a norm. */
        public boolean finalNorm = true;
        /** Start of the layer scales; 0 for none. */
        public double initValues = 0;
        /** How positions of a checkpoint for another image size are resized: {@code bicubic} or {@code bilinear}. */
        public PositionTable.Interpolation interpolateMode = PositionTable.Interpolation.BICUBIC;
        /** Weights to start with, {@code {type: Pretrained, checkpoint, prefix}}; null for random ones. */
        public Pretrained initCfg = null;

        @Override
        public void validate(Checks checks) {
            checks.require(patchSize > 0, "patchSize", "a positive number");
            checks.require(patchSize <= 0 || imgSize.divisibleBy(patchSize), "imgSize", "a multiple of patch_size " + patchSize);
            checks.require(arch.embedDims % 4 == 0, "arch", "embed_dims divisible by 4, for sine-cosine positions");
            checks.require(dropRate >= 0 && dropRate < 1, "dropRate", "a number in [0, 1)");
            checks.require(dropPathRate >= 0 && dropPathRate < 1, "dropPathRate", "a number in [0, 1)");
            checks.require(initValues >= 0, "initValues", "0 or more");
        }
    }

    private final Size grid;
    private final Arch arch;
    private final Parameter classToken;
    private final Parameter positions;
    private final PatchEmbedding patchEmbedding;
    private final List<EncoderLayer> layers;
    private final LayerNorm finalNorm;
    private final double dropRate;
    private final Config config;
    private final PositionTable positionTable;

    @Inject
    CaeVit(Config config, Kernels kernels) {
        this.config = config;
        positionTable = new PositionTable(kernels);
        arch = config.arch;
        grid = config.imgSize.patches(config.patchSize);
        dropRate = config.dropRate;
        classToken = parameter("cls_token", Init.truncatedNormal(0.02), 1, 1, arch.embedDims);
        positions = frozen("pos_embed", SinCosPositions.initializer(grid.height(), grid.width(), arch.embedDims),
                1, 1 + grid.area(), arch.embedDims);
        patchEmbedding = child("patch_embed", new PatchEmbedding(
                kernels, config.inChannels, config.patchSize, arch.embedDims, Init.truncatedNormal(0.02)));
        double[] dropPathRates = DropPath.rates(config.dropPathRate, arch.numLayers);
        layers = children("layers", IntStream.range(0, arch.numLayers).mapToObj(i -> new EncoderLayer(kernels,
                new EncoderLayer.Shape(arch.embedDims, arch.numHeads, arch.feedforwardChannels, config.qkvBias,
                        config.initValues, config.dropRate, 0, dropPathRates[i], config.normCfg.eps))).toList());
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
        int side = (int) Math.round(Math.sqrt(found.size() / (double) arch.embedDims - 1));
        if (!name.equals("pos_embed") || found.size() != (1 + side * side) * arch.embedDims) {
            return Optional.empty();
        }
        try (NDManager scope = positions.getArray().getManager().newSubManager(); NoGradient off = new NoGradient()) {
            NDArray table = scope.create(found.toFloats(), new Shape(1, 1 + side * side, arch.embedDims));
            return Optional.of(StateLoader.toHost(positionTable.resize(table, Size.square(side), grid, config.interpolateMode, 1)));
        }
    }

    @Override
    public NDArray encode(NDArray images, NDArray visible, Pass pass) {
        NDArray x = patchEmbedding.embed(images, visible, classToken.getArray(), positions.getArray());
        x = pass.dropout(x, dropRate);
        for (int i = 0; i < layers.size(); i++) {
            x = pass.record("layers." + i, layers.get(i).forward(x, pass));
        }
        return finalNorm == null ? x : finalNorm.forward(x);
    }

    @Override
    public NDList features(NDArray images, Pass pass) {
        int batch = (int) images.getShape().get(0);
        long[] every = LongStream.range(0, grid.area()).toArray();
        NDArray all = pass.scope().create(every).reshape(1, every.length).broadcast(batch, every.length);
        return new NDList(encode(images, all, pass));
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
