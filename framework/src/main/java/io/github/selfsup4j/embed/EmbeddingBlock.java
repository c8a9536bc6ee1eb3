package io.github.selfsup4j.embed;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.nn.ChannelNorm;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import java.util.Optional;

/** A backbone as a DJL block that maps images {@code [batch, 3, height, width]} to vectors {@code [batch, dim]}. */
public final class EmbeddingBlock extends Layer {
    private final Backbone backbone;
    private final Optional<ChannelNorm> norm;
    private final Pooling pooling;

    /** @param norm what the algorithm does to images before the backbone sees them */
    EmbeddingBlock(Backbone backbone, Optional<ChannelNorm> norm, Pooling pooling) {
        this.backbone = backbone;
        this.norm = norm;
        this.pooling = pooling;
        child("backbone", backbone.layer());
    }

    @Override
    protected NDArray infer(NDArray images) {
        try (NoGradient off = new NoGradient()) {
            NDArray input = norm.map(scaling -> scaling.forward(images)).orElse(images);
            return pooling.apply(backbone.features(input, Pass.evaluation(images.getManager())));
        }
    }
}
