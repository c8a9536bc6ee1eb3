package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Applies {@code --cfg-options a.b=c a.list.0.x=1}. */
final class Overrides {
    static final String OPTION = "--cfg-options ";

    private final Budget budget;
    private final Problems problems;

    private Overrides(Budget budget, Problems problems) {
        this.budget = budget;
        this.problems = problems;
    }

    /** One override: a map for each key of the path, the value in the innermost. */
    private record KeyValue(List<String> keys, MapNode tree) {}

    /** The config with the overrides on top. */
    static MapNode apply(MapNode root, List<String> options, Budget budget, Problems problems) {
        Overrides overrides = new Overrides(budget, problems);
        MapNode merged = root;
        // What a reference stands for is copied when an override reaches into it: after the others.
        Comparator<KeyValue> referencesLast =
                Comparator.comparing(override -> reachesThroughReference(root, override.keys()));
        List<KeyValue> parsed = options.stream()
                .map(overrides::parse)
                .flatMap(Optional::stream)
                .sorted(referencesLast)
                .toList();
        for (KeyValue override : parsed) {
            merged = Merge.override(merged, override.tree(), budget, problems);
        }
        return merged;
    }

    private static boolean reachesThroughReference(MapNode root, List<String> keys) {
        ConfigNode node = root;
        for (String key : keys) {
            Optional<ConfigNode> below = Lookup.below(node, key);
            if (below.isEmpty()) {
                return node instanceof ScalarNode;
            }
            node = below.get();
        }
        return false;
    }

    private Optional<KeyValue> parse(String option) {
        Location location = new Location(OPTION + ScalarNode.shorten(option), 0);
        int equals = option.indexOf('=');
        List<String> keys =
                List.of(option.substring(0, Math.max(0, equals)).strip().split("\\.", -1));
        if (equals < 0 || keys.contains("")) {
            problems.add(location, "", "expected key=value or key.path=value", "for example optimizer.lr=1e-3");
            return Optional.empty();
        } else if (keys.size() > Budget.DEPTH) {
            problems.add(location, "", "maps and lists are nested more than " + Budget.DEPTH + " deep");
            return Optional.empty();
        }
        YamlParser.Source source = new YamlParser.Source(location.file(), option.substring(equals + 1), false);
        try {
            ConfigNode value = YamlParser.parse(source, String.join(".", keys), budget, problems)
                    .orElse(ScalarNode.plain(location, String.join(".", keys), ""));
            return Optional.of(new KeyValue(keys, tree(keys, location, value)));
        } catch (ConfigException mistake) {
            mistake.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    private static MapNode tree(List<String> keys, Location location, ConfigNode value) {
        List<String> innermostFirst = new ArrayList<>(keys);
        Collections.reverse(innermostFirst);
        ConfigNode tree = value;
        for (String key : innermostFirst) {
            tree = MapNode.empty(location, "").with(key, tree);
        }
        return (MapNode) tree;
    }
}
