package io.github.selfsup4j.model;

import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import java.util.Iterator;

/**
 * A part of a model that is fitted once to the training images before training starts, and then stored in the
 * checkpoint. A run that is resumed, or that loads fitted weights, does not fit again.
 */
public interface FittedOnImages {
    /** True if the fitting was done, or loaded. */
    boolean fitted();

    /**
     * Fits it.
     *
     * @param batches the training set once, in order; the arrays of a batch live until the next one is asked for
     * @param random the random stream of the fitting
     */
    void fit(Iterator<Batch> batches, RandomStream random);
}
