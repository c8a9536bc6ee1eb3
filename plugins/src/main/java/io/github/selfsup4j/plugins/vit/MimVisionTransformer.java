package io.github.selfsup4j.plugins.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Vision transformer that classifies what masked image modelling pretrained: fine-tuned or, frozen, probed (the
 * reference's {@code MIMVisionTransformer}). With {@code final_norm} an image's feature is the class token, without it
 * the normalised mean of the patches.
 */
@Component("MIMVisionTransformer")
public final class MimVisionTransformer extends VisionTransformerBackbone {

    /** Keys of {@code MIMVisionTransformer}. {@code qkv_bias} as in {@link io.github.selfsup4j.nn.SelfAttention}. */
    public static final class Config extends VisionTransformerConfig {
        /** Whether attention has relative position biases. */
        public boolean useWindow = false;
        /** Start of the layer scales; 0 for none. */
        public double initValues = 0;
        /** Whether the backbone is trained. */
        public boolean finetune = true;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(initValues >= 0, "initValues", "0 or more");
            checks.require(
                    outIndices.of(arch.numLayers).equals(List.of(arch.numLayers - 1)),
                    "outIndices",
                    "-1 or the last layer's number " + (arch.numLayers - 1) + ": this backbone has one output");
        }
    }

    private final Size imgSize;
    private final LayerNorm meanNorm;

    @Inject
    MimVisionTransformer(Config config, Kernels kernels) {
        super(config, kernels, Init.kaimingUniform(Math.sqrt(5)), Init.truncatedNormal(0.02), i -> layer(config, i));
        imgSize = config.imgSize;
        meanNorm = config.finalNorm
                ? null
                : child("fc_norm", new LayerNorm(kernels, config.arch.embedDims, config.normCfg.eps));
        if (!config.finetune) {
            freeze();
        }
    }

    private static EncoderLayer.Shape layer(Config config, int index) {
        return new EncoderLayer.Shape(
                config.arch.embedDims,
                config.arch.numHeads,
                config.arch.feedforwardChannels,
                config.qkvBias,
                config.initValues,
                config.dropRate,
                0,
                DropPath.rates(config.dropPathRate, config.arch.numLayers)[index],
                config.normCfg.eps,
                config.useWindow ? Optional.of(config.imgSize.patches(config.patchSize)) : Optional.empty());
    }

    /**
     * The feature of each image, {@code [batch, dim]}.
     *
     * @throws IllegalArgumentException if the images are not of the size {@code img_size}
     */
    @Override
    public NDList features(NDArray images, Pass pass) {
        Shape shape = images.getShape();
        if (shape.get(2) != imgSize.height() || shape.get(3) != imgSize.width()) {
            throw new IllegalArgumentException(
                    "the backbone's img_size is " + imgSize + ", but images are " + shape.get(2) + " x " + shape.get(3)
                            + " pixels: make the pipeline's last size and img_size equal");
        }
        NDArray tokens = encode(images, positions.getArray(), pass).singletonOrThrow();
        return new NDList(meanNorm == null ? classTokenOf(tokens) : meanNorm.forward(meanOfPatches(tokens)));
    }
}
