package io.github.selfsup4j.runner;

import io.github.selfsup4j.registry.Kind;

/** What the {@code runner} section names: how long to train, and whether hooks count epochs or iterations. */
@Kind("runner")
public interface Runner {
    /**
     * The length of a run.
     *
     * @param iterationsPerEpoch of the training data
     */
    RunLength length(int iterationsPerEpoch);
}
