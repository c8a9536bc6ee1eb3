package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.model.Head;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Pass;

/** Tells classes from features. */
public interface ClassificationHead extends Head {
    /**
     * Scores before any softmax.
     *
     * @param features what the backbone gives
     * @return {@code [batch, classes]} for each classifier of the head
     */
    NDList scores(NDList features, Pass pass);

    /**
     * The losses of scores.
     *
     * @param label int64 {@code [batch]}, or float {@code [batch, classes]} with shares of mixed images
     */
    Losses losses(NDList scores, NDArray label);
}
