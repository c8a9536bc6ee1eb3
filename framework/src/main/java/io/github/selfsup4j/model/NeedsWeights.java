package io.github.selfsup4j.model;

/**
 * A part of a model that is of no use with random weights: they come from a file of its own or with the checkpoint of
 * the whole model. A run does not start before it has them.
 */
public interface NeedsWeights {
    /** True if it has them: loaded by {@link #loadWeights}, or random ones were asked for by name. */
    boolean hasWeights();

    /**
     * Loads them from the file that its config names; called once its arrays exist, unless a checkpoint of the whole
     * model brought them.
     *
     * @throws io.github.selfsup4j.config.ConfigException if there is no such file; the message says where it can be had
     */
    void loadWeights();
}
