package io.github.selfsup4j.model;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.registry.Kind;
import java.util.Map;

/** Judges a model on data of its own, which it gets through its slots. */
@Kind("evaluator")
public interface Evaluator {
    /**
     * Scores of the model in evaluation mode; the model is left as it was.
     *
     * @param manager the owner of the parameters; what the evaluation makes lives in sub-managers of it
     * @return by name, for example {@code knn_top1}, in per cent
     */
    Map<String, Double> evaluate(Algorithm model, NDManager manager);

    /** Number of batches that one evaluation takes, for the log. */
    int batches();
}
