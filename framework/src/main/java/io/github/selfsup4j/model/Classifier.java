package io.github.selfsup4j.model;

import io.github.selfsup4j.nn.Pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A capability of algorithms that tell classes, so that they can be evaluated by accuracy. */
public interface Classifier {
    /**
     * Scores before any softmax.
     *
     * @param images {@code [batch, 3, height, width]} as the test pipeline gives them
     * @return {@code [batch, classes]} for each classifier
     */
    NDList scores(NDArray images, Pass pass);
}
