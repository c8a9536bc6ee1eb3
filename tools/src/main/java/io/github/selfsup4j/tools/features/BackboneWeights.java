package io.github.selfsup4j.tools.features;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.KeyRule;
import io.github.selfsup4j.io.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Layer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final List<String> PREFIXES = List.of("backbone", "", "online_net.0", "encoder_q.0", "base_encoder.0", "base_encoder", "encoder_q",
            "teacher.backbone", "teacher", "encoder", "model");

    /**
     * Loads a file.
     *
     * @throws ConfigException if the file does not hold this backbone; the message has the names that differ
     */
    public void load(Path file, Algorithm model) throws IOException {
        Map<String, HostTensor> weights = StateDicts.load(file, rules);
        Layer backbone = backbone(model);
        if (prefix.isPresent()) {
            load(StateDicts.withPrefix(weights, prefix.get(), file.toString()), model, backbone, file);
            return;
        }
        List<Map<String, HostTensor>> candidates = new ArrayList<>();
        PREFIXES.forEach(start -> candidates.add(below(weights, start)));
        Set<String> names = backbone.state().keySet();
        Map<String, HostTensor> best = candidates.get(0);
        for (Map<String, HostTensor> candidate : candidates) {
            best = known(candidate, names) > known(best, names) ? candidate : best;
        }
        load(best, model, backbone, file);
        if (known(weights, model.state().keySet()) > 0) {
            // What lies around the backbone may matter to features too, such as a layer before it.
            StateLoader.load(model, weights, file.toString());
        }
    }

    private void load(Map<String, HostTensor> weights, Algorithm model, Layer backbone, Path file) {
        Set<String> parts = backbone.state().keySet().stream().map(BackboneWeights::firstPart).collect(Collectors.toSet());
        Map<String, HostTensor> own = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            if (parts.contains(firstPart(name))) {
                own.put(name, weight);
            }
        });
        StateLoader.Report report = StateLoader.load((Backbone) backbone, own, file.toString());
        if (!report.exact()) {
            throw ConfigException.of(file + " does not fit the backbone of the config: " + report);
        }
    }

    private static Layer backbone(Algorithm model) {
        return StateLoader.partsByName("", model.layer()).values().stream().filter(Backbone.class::isInstance).findFirst()
                .orElseThrow(() -> ConfigException.of(model.getClass().getSimpleName() + " has no backbone to give weights to"));
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
