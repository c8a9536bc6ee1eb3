package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.nn.Pass;
import java.util.Map;

/** An algorithm that predicts what it was not shown of an image, and can make pictures of it. */
public interface Reconstructs {
    /**
     * Pictures of what was hidden and of what was made of it, without gradients.
     *
     * @param batch as in training
     * @return title to {@code [batch, 3, height, width]} with values as those of the batch's {@code img}, in the order
     *     to show them
     */
    Map<String, NDArray> reconstruct(Batch batch, Pass pass);
}
