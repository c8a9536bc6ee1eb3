package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.Pass;
import java.util.List;

/** A capability of algorithms that tell classes, so that they can be evaluated by accuracy. */
public interface Classifier {
    /**
     * Scores before any softmax.
     *
     * @param images {@code [batch, 3, height, width]} as the test pipeline gives them
     * @return {@code [batch, classes]} for each classifier
     */
    NDList scores(NDArray images, Pass pass);

    /** A name for each classifier, as the reference has them: {@code head4} for the one on stage 4. */
    List<String> scoreNames();
}
