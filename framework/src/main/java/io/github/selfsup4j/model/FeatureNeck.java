package io.github.selfsup4j.model;

import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.Pass;

/** A neck that maps what a backbone gives, or the output of another neck, to features of another kind. */
public interface FeatureNeck extends Neck {
    /** What the config of such a neck tells those that must fit it. */
    interface Settings {
        /** Number of channels it takes. */
        int inputChannels();

        /** Number of channels it gives. */
        int outputChannels();
    }

    /**
     * Maps features.
     *
     * @param features as {@link Backbone#features} gives them
     */
    NDList forward(NDList features, Pass pass);
}
