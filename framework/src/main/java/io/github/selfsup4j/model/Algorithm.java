package io.github.selfsup4j.model;

import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Kind;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A method of training: owns its networks and says what their loss is. Extends {@link io.github.selfsup4j.nn.Layer}. */
@Kind("algorithm")
public interface Algorithm extends Network {
    /** The losses of a batch, with gradients. */
    Losses forwardTrain(Batch batch, Pass pass);

    /**
     * Features of images for evaluation, as {@link Backbone#features}.
     *
     * @param images {@code [batch, 3, height, width]} as the test pipeline gives them
     */
    NDList extractFeatures(NDArray images, Pass pass);
}
