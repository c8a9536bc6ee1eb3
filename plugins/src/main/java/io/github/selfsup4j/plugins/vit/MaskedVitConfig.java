package io.github.selfsup4j.plugins.vit;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.Pretrained;
import io.github.selfsup4j.nn.PositionTable;
import java.util.List;
import java.util.Optional;

/** Keys that the transformers of masked image modelling share. */
public abstract class MaskedVitConfig implements Backbone.Settings, Validated {
    /**
     * Size of the transformer: a preset's name, or {@code {embed_dims, num_layers, num_heads, feedforward_channels}}.
     */
    public Arch arch = Arch.preset("b");
    /** Side of an image in pixels, or {@code [height, width]}. */
    public Size imgSize = Size.square(224);
    /** Side of a patch in pixels; divides the image's sides. */
    public int patchSize = 16;
    /** Dropout after the positions are added, and in every layer. */
    public double dropRate = 0;
    /** Stochastic depth of the last layer; grows evenly from 0. */
    public double dropPathRate = 0;
    /** Norms of the layers. */
    public NormConfig normCfg = NormConfig.ofTransformers();
    /** Whether the last layer is followed by a norm. */
    public boolean finalNorm = true;
    /** How positions of a checkpoint for another image size are resized: {@code bicubic} or {@code bilinear}. */
    public PositionTable.Interpolation interpolateMode = PositionTable.Interpolation.BICUBIC;
    /** Weights to start with, {@code {type: Pretrained, checkpoint, prefix}}; null for random ones. */
    public Pretrained initCfg = null;

    @Override
    public List<Integer> featureChannels() {
        return List.of(arch.embedDims);
    }

    @Override
    public Optional<Size> imageSize() {
        return Optional.of(imgSize);
    }

    @Override
    public void validate(Checks checks) {
        checks.require(patchSize > 0, "patchSize", "a positive number");
        checks.require(
                patchSize <= 0 || imgSize.divisibleBy(patchSize), "imgSize", "a multiple of patch_size " + patchSize);
        checks.require(arch.embedDims % 4 == 0, "arch", "embed_dims divisible by 4, for sine-cosine positions");
        checks.require(dropRate >= 0 && dropRate < 1, "dropRate", "a number in [0, 1)");
        checks.require(dropPathRate >= 0 && dropPathRate < 1, "dropPathRate", "a number in [0, 1)");
    }
}
