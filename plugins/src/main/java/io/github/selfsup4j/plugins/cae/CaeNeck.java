package io.github.selfsup4j.plugins.cae;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Neck;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.plugins.vit.NormConfig;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Latent context regressor and decoder of CAE (section 3.1; the reference's {@code CAENeck}): predicts the latent
 * representations of the masked patches from the visible ones, then their tokens from those.
 */
@Component("CAENeck")
public final class CaeNeck extends Layer implements Neck {

    /** Keys of {@code CAENeck}. */
    public static final class Config implements Validated {
        /** Side of a patch in pixels; without effect, as in the reference. */
        public int patchSize = 16;
        /** Number of tokens to choose from: the tokenizer's vocabulary. */
        public int numClasses = 8192;
        /** Dimension of latent representations: the backbone's. */
        public int embedDims = 768;
        /** Number of layers of the regressor. */
        public int regressorDepth = 6;
        /** Number of layers of the decoder. */
        public int decoderDepth = 8;
        /** Number of attention heads; divides {@code embed_dims}. */
        public int numHeads = 12;
        /** Hidden dimension of the feed-forward parts, as a multiple of {@code embed_dims}. */
        public int mlpRatio = 4;
        /** In the decoder one bias for queries, keys and values; in the regressor those of queries and values. */
        public boolean qkvBias = true;
        /** Scale of the regressor's attention; null for {@code (embed_dims / num_heads) ** -0.5}. */
        public Double qkScale = null;
        /** Dropout after projections and in feed-forward parts. */
        public double dropRate = 0;
        /** Dropout of attention weights. */
        public double attnDropRate = 0;
        /** Stochastic depth of the last layers of regressor and decoder. */
        public double dropPathRate = 0;
        /** Norms of the layers. */
        public NormConfig normCfg = NormConfig.ofTransformers();
        /** Start of the layer scales; 0 for none. */
        public double initValues = 0;
        /** Number of masked patches of an image. */
        public int maskTokensNum = 75;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    numHeads > 0 && embedDims % numHeads == 0, "numHeads", "a divisor of embed_dims " + embedDims);
            checks.require(numClasses > 0, "numClasses", "a positive number");
            checks.require(maskTokensNum > 0, "maskTokensNum", "a positive number");
            checks.require(regressorDepth > 0, "regressorDepth", "a positive number");
            checks.require(initValues >= 0, "initValues", "0 or more");
        }
    }

    /**
     * What the neck predicts.
     *
     * @param latent {@code [batch, masked, dim]}
     * @param decoded what the tokens are predicted from, {@code [batch, masked, dim]}
     * @param classifier makes of it logits, {@code [batch, masked, classes]}
     */
    record Prediction(NDArray latent, NDArray decoded, Linear classifier) {}

    private final int maskTokens;
    private final Kernel kernel;
    private final Parameter maskToken;
    private final List<RegressorLayer> regressors;
    private final List<EncoderLayer> decoders;
    private final LayerNorm regressorNorm;
    private final LayerNorm decoderNorm;
    private final Linear head;

    @Inject
    CaeNeck(Config config, Kernels kernels) {
        maskTokens = config.maskTokensNum;
        kernel = kernels.load(CaeNeck.class, "cae_neck.torchscript", Map.of());
        maskToken = parameter("mask_token", Init.truncatedNormal(0.02), 1, 1, config.embedDims);
        double[] regressorRates = DropPath.rates(config.dropPathRate, config.regressorDepth);
        regressors = children(
                "regressors",
                IntStream.range(0, config.regressorDepth)
                        .mapToObj(i -> new RegressorLayer(kernels, config, regressorRates[i]))
                        .toList());
        double[] decoderRates = DropPath.rates(config.dropPathRate, config.decoderDepth);
        decoders = children(
                "decoders",
                IntStream.range(0, config.decoderDepth)
                        .mapToObj(i -> new EncoderLayer(kernels, decoderShape(config, decoderRates[i])))
                        .toList());
        regressorNorm = child("norm_regressor", new LayerNorm(kernels, config.embedDims, config.normCfg.eps));
        decoderNorm = child("norm_decoder", new LayerNorm(kernels, config.embedDims, config.normCfg.eps));
        head = child(
                "head", new Linear(kernels, config.embedDims, config.numClasses, true, Init.truncatedNormal(0.02)));
    }

    private static EncoderLayer.Shape decoderShape(Config config, double dropPathRate) {
        return new EncoderLayer.Shape(
                config.embedDims,
                config.numHeads,
                config.mlpRatio * config.embedDims,
                config.qkvBias,
                config.initValues,
                config.dropRate,
                config.attnDropRate,
                dropPathRate,
                config.normCfg.eps);
    }

    /**
     * Predicts the masked patches.
     *
     * @param visible {@code [batch, visible, dim]}, without class token
     * @param maskedPositions {@code [batch, masked, dim]}
     * @param visiblePositions {@code [batch, visible, dim]}
     */
    Prediction forward(NDArray visible, NDArray maskedPositions, NDArray visiblePositions, Pass pass) {
        requireMaskTokens(maskedPositions.getShape().get(1));
        NDArray x = kernel.call("mask_tokens", maskedPositions, maskToken.getArray());
        for (int i = 0; i < regressors.size(); i++) {
            x = pass.record(
                    "regressors." + i, regressors.get(i).forward(x, visible, maskedPositions, visiblePositions, pass));
        }
        NDArray latent = regressorNorm.forward(x);
        x = latent.add(maskedPositions);
        for (int i = 0; i < decoders.size(); i++) {
            x = pass.record("decoders." + i, Pass.replace(x, decoders.get(i).forward(x, pass)));
        }
        return new Prediction(latent, Pass.replace(x, decoderNorm.forward(x)), head);
    }

    private void requireMaskTokens(long masked) {
        if (masked != maskTokens) {
            throw ConfigException.of("images have " + masked + " masked patches, the neck's mask_tokens_num is "
                    + maskTokens + ": make it equal to num_masking_patches of the mask generator");
        }
    }
}
