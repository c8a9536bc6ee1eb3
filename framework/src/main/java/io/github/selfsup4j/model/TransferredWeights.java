package io.github.selfsup4j.model;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Weights from the checkpoint of another method, of which the backbone counts: what a model has beside it may start
 * anew, and single kinds of weights may be on one side only. A backbone of another depth or width is refused.
 */
public final class TransferredWeights {
    private static final int NAMES_SHOWN = 40;

    private TransferredWeights() {}

    /**
     * Loads what fits. The names of a file that holds a backbone alone need no prefix.
     *
     * @param network a backbone, or a model with some
     * @param from for the error
     * @throws ConfigException if nothing fits a backbone, or one is of another size
     */
    public static StateLoader.Report load(Network network, Map<String, HostTensor> weights, String from) {
        List<String> prefixes = StateLoader.partsByName("", network.layer()).entrySet().stream()
                .filter(part -> part.getValue() instanceof Backbone)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, HostTensor> named = prefixes.size() == 1 ? named(network, weights, prefixes.get(0)) : weights;
        StateLoader.Report report = StateLoader.load(network, named, from);
        prefixes.forEach(prefix -> requireSameSize(prefix, network.state().keySet(), named.keySet(), report, from));
        if (!prefixes.isEmpty()
                && report.matched().stream().noneMatch(name -> prefixes.stream().anyMatch(name::startsWith))) {
            throw ConfigException.of(
                    "nothing in " + from + " fits the backbone: " + report + ". Are its names under another prefix?");
        }
        return report;
    }

    /** The weights under the prefix of the model's backbone, if without it none would be of the model. */
    private static Map<String, HostTensor> named(Network network, Map<String, HostTensor> weights, String prefix) {
        Set<String> known = network.state().keySet();
        if (weights.keySet().stream().anyMatch(known::contains)
                || weights.keySet().stream().noneMatch(name -> known.contains(prefix + name))) {
            return weights;
        }
        Map<String, HostTensor> named = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> named.put(prefix + name, tensor));
        return named;
    }

    private static void requireSameSize(
            String prefix, Set<String> inModel, Set<String> inFile, StateLoader.Report report, String from) {
        List<String> misshapen = report.misshapen().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        List<String> missing =
                report.missing().stream().filter(otherLayer(prefix, inFile)).toList();
        List<String> unexpected =
                report.unexpected().stream().filter(otherLayer(prefix, inModel)).toList();
        if (!misshapen.isEmpty() || !missing.isEmpty() || !unexpected.isEmpty()) {
            throw ConfigException.of(from
                    + " is of another backbone than the config's: of another depth, width or grid of patches. Make arch,"
                    + " patch_size and img_size those of the checkpoint, or take another."
                    + list("of another shape", misshapen)
                    + list("missing in the file", missing) + list("in the file only", unexpected));
        }
    }

    /** Whether a name of a backbone is that of a weight which the other side has in other layers. */
    private static Predicate<String> otherLayer(String prefix, Set<String> others) {
        Set<String> kinds = others.stream()
                .filter(name -> name.startsWith(prefix))
                .map(TransferredWeights::kind)
                .collect(Collectors.toSet());
        return name -> name.startsWith(prefix) && kinds.contains(kind(name));
    }

    /** A name without the numbers of layers. */
    private static String kind(String name) {
        return Stream.of(name.split("\\."))
                .map(part -> part.matches("\\d+") ? "*" : part)
                .collect(Collectors.joining("."));
    }

    private static String list(String what, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String shown =
                names.stream().limit(NAMES_SHOWN).map(name -> "\n  " + name).collect(Collectors.joining());
        return "\n" + names.size() + " " + what + ":" + shown + (names.size() > NAMES_SHOWN ? "\n  ..." : "");
    }
}
