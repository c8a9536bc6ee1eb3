package io.github.selfsup4j.runner;

import java.util.Map;

/**
 * The scores of a model at some moment of a run.
 *
 * @param epoch epochs completed then; 0 is before training
 * @param iteration iterations completed then
 * @param batches number of batches that were evaluated
 * @param scores by name, in order
 */
public record Evaluation(int epoch, long iteration, int batches, Map<String, Double> scores) {}
