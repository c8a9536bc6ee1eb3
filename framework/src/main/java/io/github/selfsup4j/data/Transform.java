package io.github.selfsup4j.data;

import io.github.selfsup4j.registry.Kind;

/** One step of a pipeline. Stateless: called from several threads at once. */
@Kind("transform")
public interface Transform {
    /**
     * Changes the sample in place.
     *
     * @param random the only source of randomness, derived from (seed, epoch, index)
     */
    void apply(Sample sample, RandomStream random);
}
