package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;

/**
 * A backbone and the neck behind it, named {@code 0} and {@code 1} as in the reference's {@code nn.Sequential(backbone,
 * neck)}.
 */
public final class Encoder extends Layer {
    private final Backbone backbone;
    private final FeatureNeck neck;

    /** An encoder of these two. */
    public Encoder(Backbone backbone, FeatureNeck neck) {
        this.backbone = backbone;
        this.neck = neck;
        child("0", backbone.layer());
        child("1", neck.layer());
    }

    /** The backbone. */
    public Backbone backbone() {
        return backbone;
    }

    /** The neck. */
    public FeatureNeck neck() {
        return neck;
    }

    /**
     * What the neck makes of the backbone's features.
     *
     * @param images {@code [batch, channels, height, width]}, normalised
     */
    public NDList forward(NDArray images, Pass pass) {
        NDList features = pass.recordAll("0", backbone.features(images, pass.under("0")));
        return pass.recordAll("1", neck.forward(features, pass.under("1")));
    }
}
