package io.github.selfsup4j.embed;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.io.weights.KeyRule;
import io.github.selfsup4j.model.Backbone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The backbone of a model by itself, with trained weights: neither tokenizer nor decoder nor teacher is built.
 *
 * @param name of its component
 * @param network the backbone
 */
public record TrainedBackbone(String name, Backbone network) {
    private static final String SLOT = "backbone";
    private static final String START = "init_cfg";
    private static final int CHANNELS = 3;

    /**
     * Reads a config such that its backbone asks for no weights to start from: it gets those of a checkpoint.
     *
     * @param reader reads the config with further overrides
     */
    public static Experiment read(Function<List<String>, Experiment> reader) {
        Experiment experiment = reader.apply(List.of());
        boolean startsFromFile = experiment.model().stream()
                .flatMap(model -> model.children(SLOT).stream())
                .anyMatch(plan -> plan.node().get(START).isPresent());
        return startsFromFile ? reader.apply(List.of("model." + SLOT + "." + START + "=null")) : experiment;
    }

    /**
     * How to build the backbone of a config.
     *
     * @throws ConfigException if it has none, or one that does not see pictures
     */
    static ComponentPlan plan(Experiment experiment) {
        ComponentPlan model = RunBuilder.required(experiment.model(), "model");
        List<ComponentPlan> plans = model.children(SLOT);
        if (plans.isEmpty()) {
            throw ConfigException.of(model.entry().name() + " has no part named " + SLOT);
        }
        int channels = plans.get(0)
                .config("", Backbone.Settings.class)
                .map(Backbone.Settings::imageChannels)
                .orElse(CHANNELS);
        if (channels != CHANNELS) {
            throw ConfigException.of("the backbone takes " + channels
                    + " channels, which something before it makes of pictures; it can't be used by itself");
        }
        return plans.get(0);
    }

    /**
     * Builds it.
     *
     * @param checkpoint of a whole model, or of the backbone alone
     * @param manager the owner of its arrays
     * @throws ConfigException if the checkpoint is not one of this backbone; the message has the names that differ
     * @throws IOException if it can't be read
     */
    public static TrainedBackbone load(
            Experiment experiment, Path checkpoint, ComponentFactory factory, NDManager manager) throws IOException {
        ComponentPlan plan = plan(experiment);
        Backbone network = factory.build(plan, Backbone.class);
        network.layer().initialize(manager);
        List<KeyRule> rules = experiment.config().reviseKeys.stream()
                .map(rule -> KeyRule.of(rule.get(0), rule.get(1)))
                .toList();
        new BackboneWeights(rules, Optional.empty()).load(checkpoint, network);
        return new TrainedBackbone(plan.entry().name(), network);
    }
}
