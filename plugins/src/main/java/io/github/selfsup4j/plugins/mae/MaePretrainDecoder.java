package io.github.selfsup4j.plugins.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Neck;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.SinCosPositions;
import io.github.selfsup4j.plugins.vit.NormConfig;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Decoder of MAE (section 3; the reference's {@code MAEPretrainDecoder}): fills the places of hidden patches with a
 * learned token and predicts the pixels of every patch.
 */
@Component("MAEPretrainDecoder")
public final class MaePretrainDecoder extends Layer implements Neck {

    /** Keys of {@code MAEPretrainDecoder}. */
    public static final class Config implements Validated {
        /** Number of patches of an image: the backbone's, a square number. */
        public int numPatches = 196;
        /** Side of a patch in pixels. */
        public int patchSize = 16;
        /** Number of channels of an image. */
        public int inChans = 3;
        /** Dimension of what comes in: the backbone's. */
        public int embedDim = 1024;
        /** Dimension of the decoder. */
        public int decoderEmbedDim = 512;
        /** Number of layers. */
        public int decoderDepth = 8;
        /** Number of attention heads; divides {@code decoder_embed_dim}. */
        public int decoderNumHeads = 16;
        /** Hidden dimension of the feed-forward parts, as a multiple of {@code decoder_embed_dim}. */
        public double mlpRatio = 4;
        /** Norms of the layers. */
        public NormConfig normCfg = NormConfig.ofTransformers();

        @Override
        public void validate(Checks checks) {
            checks.require(numPatches > 0 && side() * side() == numPatches, "numPatches", "a square number");
            checks.require(patchSize > 0, "patchSize", "a positive number");
            checks.require(inChans > 0, "inChans", "a positive number");
            checks.require(embedDim > 0, "embedDim", "a positive number");
            checks.require(
                    decoderEmbedDim > 0 && decoderEmbedDim % 4 == 0,
                    "decoderEmbedDim",
                    "a multiple of 4, for sine-cosine positions");
            checks.require(
                    decoderNumHeads > 0 && decoderEmbedDim % decoderNumHeads == 0,
                    "decoderNumHeads",
                    "a divisor of decoder_embed_dim " + decoderEmbedDim);
            checks.require(decoderDepth >= 0, "decoderDepth", "0 or more");
            checks.require(mlpRatio * decoderEmbedDim >= 1, "mlpRatio", "a positive number");
        }

        private int side() {
            return (int) Math.sqrt(numPatches);
        }
    }

    private final Kernel kernel;
    private final Parameter maskToken;
    private final Parameter positions;
    private final Linear embedding;
    private final List<EncoderLayer> blocks;
    private final LayerNorm norm;
    private final Linear prediction;

    @Inject
    MaePretrainDecoder(Config config, Kernels kernels) {
        int dim = config.decoderEmbedDim;
        kernel = kernels.load(
                MaePretrainDecoder.class, "mae_pretrain_decoder.torchscript", Map.of("eps", config.normCfg.eps));
        maskToken = parameter("mask_token", Init.normal(0.02), 1, 1, dim);
        positions = frozen(
                "decoder_pos_embed",
                SinCosPositions.initializer(config.side(), config.side(), dim),
                1,
                config.numPatches + 1,
                dim);
        embedding = child("decoder_embed", new Linear(kernels, config.embedDim, dim, true));
        EncoderLayer.Shape shape = new EncoderLayer.Shape(
                dim, config.decoderNumHeads, (int) (config.mlpRatio * dim), true, 0, 0, 0, 0, config.normCfg.eps);
        blocks = children(
                "decoder_blocks",
                IntStream.range(0, config.decoderDepth)
                        .mapToObj(i -> new EncoderLayer(kernels, shape))
                        .toList());
        norm = child("ln1", new LayerNorm(kernels, dim, config.normCfg.eps));
        prediction = child(
                "decoder_pred", new Linear(kernels, dim, config.patchSize * config.patchSize * config.inChans, true));
    }

    /**
     * Predicts the pixels of every patch.
     *
     * @param latent {@code [batch, 1 + visible, embed_dim]}, the class token first, patches in shuffled order
     * @param idsRestore int64 {@code [batch, patches]}, each patch's place in the shuffled order
     * @return {@code [batch, patches, patch * patch * channels]}, channels last
     */
    NDArray forward(NDArray latent, NDArray idsRestore, Pass pass) {
        NDArray x = kernel.call(
                "tokens",
                latent,
                idsRestore,
                embedding.weight(),
                embedding.bias(),
                maskToken.getArray(),
                positions.getArray());
        for (int i = 0; i < blocks.size(); i++) {
            x = pass.record("decoder_blocks." + i, blocks.get(i).forward(x, pass));
        }
        return kernel.call("predict", x, norm.weight(), norm.bias(), prediction.weight(), prediction.bias());
    }
}
