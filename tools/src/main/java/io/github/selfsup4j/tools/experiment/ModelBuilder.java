package io.github.selfsup4j.tools.experiment;

import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.NeedsWeights;
import io.github.selfsup4j.nn.Layer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.List;

/** Makes models from plans. */
public final class ModelBuilder {
    private ModelBuilder() {}

    /**
     * An algorithm with freshly initialised parameters.
     *
     * @param manager the owner of its arrays
     * @param seed of the initialisation
     */
    public static Algorithm build(ComponentPlan plan, ComponentFactory factory, NDManager manager, long seed) {
        Algorithm model = factory.build(plan, Algorithm.class);
        Engine.getEngine("PyTorch").setRandomSeed((int) (seed ^ (seed >>> 32)));
        layer(model).initialize(manager);
        return model;
    }

    /** Loads the weights of parts that can't do without, unless they have them. */
    static void requireWeights(Algorithm model) {
        parts(layer(model), NeedsWeights.class).stream().filter(part -> !part.hasWeights()).forEach(NeedsWeights::loadWeights);
    }

    /** The layers of a model, itself included, that can do something. */
    static <T> List<T> parts(Layer layer, Class<T> capability) {
        List<T> parts = new ArrayList<>();
        if (capability.isInstance(layer)) {
            parts.add(capability.cast(layer));
        }
        layer.layers().values().forEach(child -> parts.addAll(parts(child, capability)));
        return parts;
    }

    /** The layer that an algorithm is. */
    static Layer layer(Algorithm model) {
        return (Layer) model;
    }
}
