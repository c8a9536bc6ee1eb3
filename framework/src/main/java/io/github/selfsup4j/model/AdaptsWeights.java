package io.github.selfsup4j.model;

import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Optional;

/** A layer that can take over weights of another shape, such as position embeddings of another image size. */
public interface AdaptsWeights {
    /**
     * Makes a weight fit.
     *
     * @param name of the weight within this layer
     * @param found what a file holds under that name, of another shape than the layer's
     * @return what fits; empty if this can't be done
     */
    Optional<HostTensor> adapt(String name, HostTensor found);
}
