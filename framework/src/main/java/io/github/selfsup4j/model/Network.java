package io.github.selfsup4j.model;

import ai.djl.nn.Parameter;
import io.github.selfsup4j.nn.Layer;
import java.util.Map;

/** Anything with parameters. Plug-ins implement it by extending {@link Layer}, which has every method of it. */
public interface Network {
    /** This network as a layer, to make it a child of another. */
    Layer layer();

    /** Parameters and buffers by state-dict name, in order. */
    Map<String, Parameter> state();

    /** Parameters without buffers, in the order of {@link #state()}. */
    Map<String, Parameter> namedParameters();

    /** Stops training of every parameter. */
    void freeze();
}
