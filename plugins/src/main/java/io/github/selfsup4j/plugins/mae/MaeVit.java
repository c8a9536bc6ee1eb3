package io.github.selfsup4j.plugins.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.plugins.vit.MaskedVit;
import io.github.selfsup4j.plugins.vit.MaskedVitConfig;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Vision transformer that hides patches at random and encodes the others (MAE, section 3; the reference's
 * {@code MAEViT}). Positions are fixed sine-cosine tables, attention has one bias for queries, keys and values.
 *
 * <p>Features are those of the whole image. The reference hides patches there too, so that its features differ from
 * call to call.
 */
@Component("MAEViT")
public final class MaeVit extends MaskedVit {
    static final int CHANNELS = 3;

    /** Keys of {@code MAEViT}. */
    public static final class Config extends MaskedVitConfig {
        /** Share of the patches that are hidden. */
        public double maskRatio = 0.75;
        /** For configs of the reference; without effect, as there: what is encoded is the last layer's output. */
        public int outIndices = -1;
        /** For configs of the reference; without effect, as there: the class token is always part of the output. */
        public boolean outputClsToken = true;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(imgSize.height() == imgSize.width(), "imgSize", "a square");
            checks.require(maskRatio >= 0 && maskRatio < 1, "maskRatio", "a number in [0, 1)");
        }

        /** Number of patches of an image. */
        int patches() {
            return imgSize.patches(patchSize).area();
        }
    }

    /**
     * What the visible patches were encoded to.
     *
     * @param latent {@code [batch, 1 + visible, dim]}, the class token first, patches in shuffled order
     * @param mask float32 {@code [batch, patches]}, 1 where a patch is hidden
     * @param idsRestore int64 {@code [batch, patches]}, each patch's place in the shuffled order
     */
    record Encoded(NDArray latent, NDArray mask, NDArray idsRestore) {}

    private final Kernel kernel;

    @Inject
    MaeVit(Config config, Kernels kernels) {
        super(
                config,
                new Variant(
                        CHANNELS,
                        true,
                        0,
                        Init.normal(0.02),
                        asLinear(),
                        Init.uniform(1 / Math.sqrt(CHANNELS * config.patchSize * config.patchSize))),
                kernels);
        int visible = (int) (config.patches() * (1 - config.maskRatio));
        kernel = kernels.load(MaeVit.class, "mae_vit.torchscript", Map.of("visible", visible));
    }

    /** The patch embedding starts as a linear map of flattened patches does. */
    private static Initializer asLinear() {
        return (manager, shape, type) -> Init.xavierUniform()
                .initialize(manager, new Shape(shape.get(0), shape.slice(1).size()), type)
                .reshape(shape);
    }

    /**
     * Hides patches and encodes the others. Draws {@code noise}, uniform {@code [batch, patches]}, whose order is
     * {@code ids_shuffle}; the patches of the smallest numbers stay visible.
     *
     * @param images {@code [batch, 3, height, width]}, normalised
     */
    Encoded encodeVisible(NDArray images, Pass pass) {
        long batch = images.getShape().get(0);
        NDArray shuffled =
                pass.draw("ids_shuffle", random -> kernel.call("order", pass.uniform("noise", batch, patches())));
        NDList masking = kernel.callAll("masking", shuffled);
        NDArray latent = encode(images, masking.get(0), pass);
        return new Encoded(latent, masking.get(1), masking.get(2));
    }
}
