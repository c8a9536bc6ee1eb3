package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Kind;
import java.util.Optional;

/**
 * A method of training: owns its networks and says what their loss is. Extends {@link io.github.selfsup4j.nn.Layer}.
 */
@Kind("algorithm")
public interface Algorithm extends Network {
    /** What an algorithm's config says before it is built. */
    interface Settings {
        /** How the algorithm scales images before its backbone sees them; empty if that is the pipeline's work. */
        Optional<ChannelScaling> imageScaling();
    }

    /** The losses of a batch, with gradients. */
    Losses forwardTrain(Batch batch, Pass pass);

    /**
     * Features of images for evaluation, as {@link Backbone#features}.
     *
     * @param images {@code [batch, 3, height, width]} as the test pipeline gives them
     */
    NDList extractFeatures(NDArray images, Pass pass);
}
