package io.github.selfsup4j.plugins.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Head;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Loss of MAE (section 3; the reference's {@code MAEPretrainHead}): the mean squared error of the hidden patches'
 * pixels.
 */
@Component("MAEPretrainHead")
public final class MaePretrainHead extends Layer implements Head {

    /** Keys of {@code MAEPretrainHead}. */
    public static final class Config implements Validated {
        /**
         * Whether the pixels of each patch are brought to mean 0 and (unbiased) variance 1 before they are compared.
         */
        public boolean normPix = false;
        /** Side of a patch in pixels. */
        public int patchSize = 16;

        @Override
        public void validate(Checks checks) {
            checks.require(patchSize > 0, "patchSize", "a positive number");
        }
    }

    private final Kernel kernel;

    @Inject
    MaePretrainHead(Config config, Kernels kernels) {
        kernel = kernels.load(
                MaePretrainHead.class,
                "mae_pretrain_head.torchscript",
                Map.of("patch", config.patchSize, "norm_pix", config.normPix ? 1 : 0));
    }

    /**
     * The patches of square images.
     *
     * @return {@code [batch, patches, patch * patch * channels]}, channels last
     */
    NDArray patchify(NDArray images) {
        return kernel.call("patchify", images);
    }

    /**
     * The loss of the hidden patches.
     *
     * @param predicted {@code [batch, patches, patch * patch * channels]}
     * @param patches the true ones, of the same shape
     * @param mask {@code [batch, patches]}, 1 where a patch is hidden
     */
    NDArray loss(NDArray predicted, NDArray patches, NDArray mask) {
        return kernel.call("loss", predicted, patches, mask);
    }

    /**
     * Images whose hidden patches are blank, and the same with the predicted ones in their place.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param predicted {@code [batch, patches, patch * patch * channels]}; of normalised pixels, mean and variance are
     *     the true patch's
     * @param mask {@code [batch, patches]}, 1 where a patch is hidden
     * @return two of {@code [batch, channels, height, width]}
     */
    NDList pictures(NDArray images, NDArray predicted, NDArray mask) {
        return kernel.callAll("pictures", images, predicted, mask);
    }
}
