package io.github.selfsup4j.inject;

import io.github.selfsup4j.config.Problems;

/**
 * A {@code Config} that must fit the configs of its component's parts: for example as many classes as the tokenizer has
 * tokens. Called when this config and all its parts are right by themselves.
 */
public interface ChecksParts {
    /**
     * Adds what does not fit to the problems.
     *
     * @param self this component's plan; {@link ComponentPlan#config} reaches the parts' configs
     */
    void checkParts(ComponentPlan self, Problems problems);
}
