package io.github.selfsup4j.plugins.heads;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.model.Head;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Pass;

/** A head that compares the features of two views. */
public interface LatentHead extends Head {
    /**
     * The losses, among them {@code loss}.
     *
     * @param input {@code [batch, dim]}, the features of one view
     * @param target {@code [batch, dim]}, those of the other
     */
    Losses forward(NDArray input, NDArray target, Pass pass);
}
