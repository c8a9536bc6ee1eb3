package io.github.selfsup4j.plugins.vit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.PositionTable;
import io.github.selfsup4j.nn.SinCosPositions;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Vision transformer with fixed sine-cosine positions, as MoCo v3 trains it (the reference's
 * {@code VisionTransformer}).
 */
@Component("VisionTransformer")
public final class VisionTransformer extends VisionTransformerBackbone {

    /** Keys of {@code VisionTransformer}. */
    public static final class Config extends VisionTransformerConfig {
        /** Whether the patch embedding keeps its random weights (MoCo v3, section 4). */
        public boolean stopGradConv1 = false;
        /** Patch embedding and how many layers are not trained; -1 trains everything. */
        public int frozenStages = -1;
        /** Whether batch normalisation stays in evaluation mode; this network has none. */
        public boolean normEval = false;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(arch.embedDims % 4 == 0, "arch", "embed_dims divisible by 4, for sine-cosine positions");
            checks.require(
                    frozenStages >= -1 && frozenStages <= arch.numLayers,
                    "frozenStages",
                    "a number from -1 to the number of layers " + arch.numLayers);
        }
    }

    private final boolean outputsClassToken;
    private final PositionTable table;
    private final PositionTable.Interpolation interpolation;

    @Inject
    VisionTransformer(Config config, Kernels kernels) {
        super(
                config,
                kernels,
                Init.xavierPatches(),
                SinCosPositions.initializer(
                        config.imgSize.patches(config.patchSize).height(),
                        config.imgSize.patches(config.patchSize).width(),
                        config.arch.embedDims),
                i -> layer(config, i));
        outputsClassToken = config.outputClsToken;
        table = new PositionTable(kernels);
        interpolation = config.interpolateMode;
        // As in the reference, positions that come from a file are trained.
        positions.freeze(config.initCfg == null || config.frozenStages >= 0);
        if (config.stopGradConv1 || config.frozenStages >= 0) {
            patchEmbedding.freeze();
        }
        if (config.frozenStages >= 0) {
            classToken.freeze(true);
            layers.subList(0, config.frozenStages).forEach(Layer::freeze);
        }
        if (config.frozenStages == config.arch.numLayers && finalNorm != null) {
            finalNorm.freeze();
        }
    }

    /** Frozen layers are in evaluation mode. */
    private static EncoderLayer.Shape layer(Config config, int index) {
        boolean frozen = index < config.frozenStages;
        return new EncoderLayer.Shape(
                config.arch.embedDims,
                config.arch.numHeads,
                config.arch.feedforwardChannels,
                config.qkvBias,
                0,
                frozen ? 0 : config.dropRate,
                0,
                frozen ? 0 : DropPath.rates(config.dropPathRate, config.arch.numLayers)[index],
                config.normCfg.eps);
    }

    /**
     * Of each of {@code out_indices} the patches as a map {@code [batch, dim, height, width]} and, if it is an output,
     * the class token {@code [batch, dim]}. Images may have another size than {@code img_size}: positions are resized.
     *
     * @throws IllegalArgumentException if the images can't be cut into patches
     */
    @Override
    public NDList features(NDArray images, Pass pass) {
        Size found = gridOf(images);
        NDList features = new NDList();
        for (NDArray tokens : encode(images, positions(found, pass), pass)) {
            features.add(mapOfPatches(tokens, found));
            if (outputsClassToken) {
                features.add(classTokenOf(tokens));
            }
        }
        return features;
    }

    private NDArray positions(Size found, Pass pass) {
        if (found.equals(patchGrid())) {
            return positions.getArray();
        }
        NDArray resized = table.resize(positions.getArray(), patchGrid(), found, interpolation, 1);
        resized.attach(pass.scope());
        return resized;
    }
}
