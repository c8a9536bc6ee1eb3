package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts in what {@code ${}} refers to. */
final class References {
    private final MapNode root;
    private final Map<String, String> environment;
    private final Budget budget;
    private final Lookup lookup;

    References(MapNode root, Map<String, String> environment, Budget budget, Problems problems) {
        this.root = root;
        this.environment = environment;
        this.budget = budget;
        this.lookup = new Lookup(root, budget, problems);
    }

    /** Key paths that a tree refers to. */
    static Stream<String> mentioned(ConfigNode node) {
        if (node instanceof MapNode map) {
            return map.entries().values().stream().flatMap(References::mentioned);
        } else if (node instanceof ListNode list) {
            return list.items().stream().flatMap(References::mentioned);
        }
        return Template.parse(((ScalarNode) node).asText()).stream()
                .flatMap(template -> template.parts().stream())
                .filter(Template.Key.class::isInstance)
                .map(part -> ((Template.Key) part).path());
    }

    /** The whole config with every reference put in. A reference that cannot be stays as text. */
    MapNode resolve() {
        return resolve(root, root.path(), 0);
    }

    private ConfigNode resolve(ConfigNode node, String path, int depth) {
        if (node instanceof MapNode map) {
            return resolve(map, path, depth);
        } else if (node instanceof ListNode list) {
            return resolve(list, path, depth);
        }
        return resolve((ScalarNode) node, path, depth);
    }

    private MapNode resolve(MapNode map, String path, int depth) {
        budget.spend(map.location(), path, 0, depth);
        MapNode.Builder resolved = new MapNode.Builder(map.location(), path);
        map.entries()
                .forEach((key, value) -> resolved.put(
                        key, map.keyLocation(key), resolve(value, ConfigNode.child(path, key), depth + 1)));
        return resolved.build();
    }

    private ListNode resolve(ListNode list, String path, int depth) {
        budget.spend(list.location(), path, 0, depth);
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
            items.add(resolve(item, ConfigNode.child(path, String.valueOf(items.size())), depth + 1));
        }
        return new ListNode(list.location(), path, items);
    }

    private ConfigNode resolve(ScalarNode scalar, String path, int depth) {
        budget.spend(scalar.location(), path, scalar.asText().length(), depth);
        Optional<Template> template = lookup.template(scalar);
        if (template.isEmpty()) {
            return scalar.at(path);
        }
        Optional<Template.Part> whole = template.get().whole();
        Optional<? extends ConfigNode> value =
                whole.isPresent() ? value(scalar, whole.get(), path, depth) : text(scalar, template.get(), path, depth);
        return value.isPresent() ? value.get() : scalar.at(path);
    }

    private Optional<ConfigNode> value(ScalarNode from, Template.Part part, String path, int depth) {
        if (part instanceof Template.Key key) {
            return lookup.within(from, key.path(), node -> Optional.of(resolve(node, path, depth)));
        }
        return variable(from, (Template.Variable) part).map(text -> ScalarNode.plain(from.location(), path, text));
    }

    private Optional<ScalarNode> text(ScalarNode from, Template template, String path, int depth) {
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            Optional<String> piece = piece(from, part, path, depth);
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            text.append(piece.get());
        }
        budget.spend(from.location(), path, text.length(), depth);
        return Optional.of(ScalarNode.string(from.location(), path, text.toString()));
    }

    private Optional<String> piece(ScalarNode from, Template.Part part, String path, int depth) {
        if (part instanceof Template.Letters letters) {
            return Optional.of(letters.text());
        } else if (part instanceof Template.Variable variable) {
            return variable(from, variable);
        }
        Optional<ConfigNode> value = value(from, part, path, depth);
        if (value.isPresent() && (value.get().isNull() || !(value.get() instanceof ScalarNode))) {
            String reference = "${" + ((Template.Key) part).path() + "}";
            String message = reference + " is " + value.get().describe() + " and cannot be part of a text";
            lookup.report(from, message, "refer to a single value");
            return Optional.empty();
        }
        return value.map(node -> ((ScalarNode) node).asText());
    }

    private Optional<String> variable(ScalarNode from, Template.Variable variable) {
        Optional<String> value =
                Optional.ofNullable(environment.get(variable.name())).or(variable::fallback);
        if (value.isEmpty()) {
            lookup.report(
                    from,
                    "the environment variable " + variable.name() + " is not set",
                    "set it, or give a default: ${env:" + variable.name() + ":default}");
        }
        return value;
    }
}
