package io.github.selfsup4j.experiment;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.NeedsWeights;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Layer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        model.layer().initialize(manager);
        return model;
    }

    /**
     * Loads every weight of a model; only the weights of parts that have a file of their own may be missing.
     *
     * @param from for the error
     */
    public static void loadWhole(Algorithm model, Map<String, HostTensor> weights, String from) {
        StateLoader.Report report = StateLoader.load(model, weights, from);
        Set<String> own = new HashSet<>();
        StateLoader.partsByName("", model.layer()).forEach((prefix, layer) -> {
            if (layer instanceof NeedsWeights) {
                layer.state().keySet().forEach(name -> own.add(prefix + name));
            }
        });
        if (!report.unexpected().isEmpty() || !report.misshapen().isEmpty() || !own.containsAll(report.missing())) {
            throw ConfigException.of(from + " does not fit the model: " + report);
        }
        requireWeights(model, report.matched());
    }

    /**
     * Loads the weights of parts that can't do without, unless they have them.
     *
     * @param loaded names that a checkpoint of the whole model brought
     */
    public static void requireWeights(Algorithm model, Collection<String> loaded) {
        Set<String> brought = new HashSet<>(loaded);
        StateLoader.partsByName("", model.layer()).forEach((prefix, layer) -> {
            if (layer instanceof NeedsWeights part
                    && !part.hasWeights()
                    && !layer.state().keySet().stream().allMatch(name -> brought.contains(prefix + name))) {
                part.loadWeights();
            }
        });
    }

    /** The layers of a model, itself included, that can do something. */
    public static <T> List<T> parts(Layer layer, Class<T> capability) {
        return StateLoader.partsByName("", layer).values().stream()
                .filter(capability::isInstance)
                .map(capability::cast)
                .toList();
    }
}
