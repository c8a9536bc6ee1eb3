package io.github.selfsup4j.embed;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.KeyRule;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.StateLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives a model the weights that its features need: those of its first backbone, whole and without a stranger among
 * them. They may come from a checkpoint of the whole model, of another model with this backbone, or of the backbone
 * alone.
 *
 * @param rules for the names in the file, one after another
 * @param prefix what the backbone's names start with in the file; empty to find out
 */
public record BackboneWeights(List<KeyRule> rules, Optional<String> prefix) {
    /** Where checkpoints keep a backbone, ours and the reference's, those of MoCo, of DINO and of PyTorch. */
    private static final List<String> PREFIXES = List.of(
            "backbone",
            "",
            "online_net.0",
            "encoder_q.0",
            "base_encoder.0",
            "base_encoder",
            "encoder_q",
            "teacher.backbone",
            "teacher",
            "encoder",
            "model");

    /**
     * Loads a file.
     *
     * @throws ConfigException if the file does not hold this backbone; the message has the names that differ
     */
    public void load(Path file, Algorithm model) throws IOException {
        Map<String, HostTensor> weights = StateDicts.load(file, rules);
        load(weights, backbone(model), file);
        if (prefix.isEmpty() && known(weights, model.state().keySet()) > 0) {
            // What lies around the backbone may matter to features too, such as a layer before it.
            StateLoader.load(model, weights, file.toString());
        }
    }

    /** As {@link #load(Path, Algorithm)}, for a backbone by itself. */
    public void load(Path file, Backbone backbone) throws IOException {
        load(StateDicts.load(file, rules), backbone, file);
    }

    private void load(Map<String, HostTensor> weights, Backbone backbone, Path file) {
        Map<String, HostTensor> ofBackbone = prefix.map(start -> StateDicts.withPrefix(weights, start, file.toString()))
                .orElseGet(() -> mostKnown(weights, backbone.state().keySet()));
        Set<String> parts = backbone.state().keySet().stream()
                .map(BackboneWeights::firstPart)
                .collect(Collectors.toSet());
        Map<String, HostTensor> own = new LinkedHashMap<>();
        ofBackbone.forEach((name, weight) -> {
            if (parts.contains(firstPart(name))) {
                own.put(name, weight);
            }
        });
        StateLoader.Report report = StateLoader.load(backbone, own, file.toString());
        if (!report.exact()) {
            throw ConfigException.of(file + " does not fit the backbone of the config: " + report);
        }
    }

    /** What has most of a backbone's names, below one of the usual prefixes. */
    private static Map<String, HostTensor> mostKnown(Map<String, HostTensor> weights, Set<String> names) {
        Map<String, HostTensor> best = below(weights, PREFIXES.get(0));
        for (String start : PREFIXES) {
            Map<String, HostTensor> candidate = below(weights, start);
            best = known(candidate, names) > known(best, names) ? candidate : best;
        }
        return best;
    }

    private static Backbone backbone(Algorithm model) {
        return StateLoader.partsByName("", model.layer()).values().stream()
                .filter(Backbone.class::isInstance)
                .map(Backbone.class::cast)
                .findFirst()
                .orElseThrow(() ->
                        ConfigException.of(model.getClass().getSimpleName() + " has no backbone to give weights to"));
    }

    private static Map<String, HostTensor> below(Map<String, HostTensor> weights, String prefix) {
        String start = prefix.isEmpty() ? "" : prefix + ".";
        Map<String, HostTensor> below = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            if (name.startsWith(start)) {
                below.put(name.substring(start.length()), weight);
            }
        });
        return below;
    }

    private static long known(Map<String, HostTensor> weights, Set<String> names) {
        Set<String> shared = new HashSet<>(weights.keySet());
        shared.retainAll(names);
        return shared.size();
    }

    private static String firstPart(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }
}
