package io.github.selfsup4j.tools.backbone;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.StateDicts;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.tools.experiment.Experiment;
import io.github.selfsup4j.tools.experiment.RunBuilder;

import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The backbone of a model by itself, with trained weights: neither tokenizer nor decoder nor teacher is built.
 *
 * @param name of its component
 * @param network the backbone
 */
public record TrainedBackbone(String name, Backbone network) {
    private static final String SLOT = "backbone";
    private static final String START = "init_cfg";

    /**
     * Reads a config such that its backbone asks for no weights to start from: it gets those of a checkpoint.
     *
     * @param reader reads the config with further overrides
     */
    public static Experiment read(Function<List<String>, Experiment> reader) {
        Experiment experiment = reader.apply(List.of());
        boolean startsFromFile = experiment.model().stream().flatMap(model -> model.children(SLOT).stream()).anyMatch(plan -> plan.node().get(START).isPresent());
        return startsFromFile ? reader.apply(List.of("model." + SLOT + "." + START + "=null")) : experiment;
    }

    /** How to build the backbone of a config. @throws ConfigException if it has none */
    static ComponentPlan plan(Experiment experiment) {
        ComponentPlan model = RunBuilder.required(experiment.model(), "model");
        List<ComponentPlan> plans = model.children(SLOT);
        if (plans.isEmpty()) {
            throw ConfigException.of(model.entry().name() + " has no part named " + SLOT);
        }
        return plans.get(0);
    }

    /**
     * Builds it.
     *
     * @param checkpoint of a whole model, whose names begin with {@code backbone.}, or of the backbone alone
     * @param manager the owner of its arrays
     * @throws ConfigException if the checkpoint is not one of this backbone; the message has the names that differ
     * @throws IOException if it can't be read
     */
    public static TrainedBackbone load(Experiment experiment, Path checkpoint, ComponentFactory factory, NDManager manager) throws IOException {
        ComponentPlan plan = plan(experiment);
        Backbone network = factory.build(plan, Backbone.class);
        network.layer().initialize(manager);
        loadWeights(network, StateDicts.load(checkpoint), checkpoint);
        return new TrainedBackbone(plan.entry().name(), network);
    }

    private static void loadWeights(Backbone network, Map<String, HostTensor> weights, Path checkpoint) {
        boolean wholeModel = weights.keySet().stream().anyMatch(name -> name.startsWith(SLOT + "."));
        Map<String, HostTensor> own = wholeModel ? StateDicts.withPrefix(weights, SLOT, checkpoint.toString()) : weights;
        Set<String> parts = network.state().keySet().stream().map(TrainedBackbone::part).collect(Collectors.toSet());
        // What is left over of other parts, such as a classifier's layer, does no harm.
        Map<String, HostTensor> relevant = own.entrySet().stream().filter(weight -> parts.contains(part(weight.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        StateLoader.Report report = StateLoader.load(network, relevant.isEmpty() ? own : relevant, checkpoint.toString());
        if (!report.exact()) {
            throw ConfigException.of(checkpoint + " is no checkpoint of this backbone: " + report);
        }
    }

    private static String part(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }
}
