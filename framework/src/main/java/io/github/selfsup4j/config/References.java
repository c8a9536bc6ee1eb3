package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts in what {@code ${}} refers to. */
final class References {
    private final MapNode root;
    private final Map<String, String> environment;
    private final Budget budget;
    private final Problems problems;
    private final Set<String> named = new LinkedHashSet<>();
    /** The references being put in right now, outermost first: meeting one again is a circle. */
    private final Set<String> open = new LinkedHashSet<>();
    /** Key paths of references with a problem, to tell it once however often they are put in. */
    private final Set<String> reported = new HashSet<>();

    References(MapNode root, Map<String, String> environment, Budget budget, Problems problems) {
        this.root = root;
        this.environment = environment;
        this.budget = budget;
        this.problems = problems;
    }

    /** For following references only. */
    References(MapNode root, Budget budget, Problems problems) {
        this(root, Map.of(), budget, problems);
    }

    /** The whole config with every reference put in. A reference that cannot be stays as text. */
    MapNode resolve() {
        return resolve(root, root.path(), 0);
    }

    /** Key paths that were referred to. */
    Set<String> named() {
        return named;
    }

    /** The value that a scalar stands for, if all of it is one reference to a key. */
    Optional<ConfigNode> follow(ScalarNode scalar) {
        Optional<String> target = template(scalar).flatMap(Template::whole)
                .filter(Template.Key.class::isInstance).map(part -> ((Template.Key) part).path());
        return target.flatMap(path -> within(scalar, path, this::followed)).map(node -> {
            budget.spendAll(node, scalar.path(), 0);
            return node.at(scalar.path());
        });
    }

    private Optional<ConfigNode> followed(ConfigNode node) {
        return Optional.of(node instanceof ScalarNode scalar ? follow(scalar).orElse(node) : node);
    }

    private ConfigNode resolve(ConfigNode node, String path, int depth) {
        if (node instanceof MapNode map) {
            return resolve(map, path, depth);
        } else if (node instanceof ListNode list) {
            budget.spend(list.location(), path, 0, depth);
            List<ConfigNode> items = new ArrayList<>();
            list.items().forEach(item -> items.add(resolve(item, ConfigNode.child(path, String.valueOf(items.size())), depth + 1)));
            return new ListNode(list.location(), path, items);
        }
        return resolve((ScalarNode) node, path, depth);
    }

    private MapNode resolve(MapNode map, String path, int depth) {
        budget.spend(map.location(), path, 0, depth);
        MapNode.Builder resolved = new MapNode.Builder(map.location(), path);
        map.entries().forEach((key, value) ->
                resolved.put(key, map.keyLocation(key), resolve(value, ConfigNode.child(path, key), depth + 1)));
        return resolved.build();
    }

    private ConfigNode resolve(ScalarNode scalar, String path, int depth) {
        budget.spend(scalar.location(), path, scalar.asText().length(), depth);
        Optional<Template> template = template(scalar);
        if (template.isEmpty()) {
            return scalar.at(path);
        }
        Optional<Template.Part> whole = template.get().whole();
        Optional<? extends ConfigNode> value = whole.isPresent() ? value(scalar, whole.get(), path, depth)
                : text(scalar, template.get(), path, depth);
        return value.isPresent() ? value.get() : scalar.at(path);
    }

    private Optional<ConfigNode> value(ScalarNode from, Template.Part part, String path, int depth) {
        if (part instanceof Template.Key key) {
            return within(from, key.path(), node -> Optional.of(resolve(node, path, depth)));
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
            report(from, "${" + ((Template.Key) part).path() + "} is " + value.get().describe() + " and cannot be part of a text",
                    "refer to a single value");
            return Optional.empty();
        }
        return value.map(node -> ((ScalarNode) node).asText());
    }

    private Optional<String> variable(ScalarNode from, Template.Variable variable) {
        Optional<String> value = Optional.ofNullable(environment.get(variable.name())).or(variable::fallback);
        if (value.isEmpty()) {
            report(from, "the environment variable " + variable.name() + " is not set",
                    "set it, or give a default: ${env:" + variable.name() + ":default}");
        }
        return value;
    }

    private Optional<Template> template(ScalarNode scalar) {
        if (scalar.kind() != ScalarNode.Kind.STRING || !scalar.asText().contains("${")) {
            return Optional.empty();
        }
        Optional<Template> template = Template.parse(scalar.asText());
        if (template.isEmpty()) {
            report(scalar, "'${' without '}' in " + scalar.describe(), "write $${ for the characters themselves");
        }
        return template;
    }

    /** Finds what a reference names and does something with it, unless that leads back to itself. */
    private Optional<ConfigNode> within(ScalarNode from, String target, Function<ConfigNode, Optional<ConfigNode>> then) {
        named.add(target);
        if (open.contains(target)) {
            report(from, "circular reference: " + String.join(" -> ", open) + " -> " + target, "give one of them a value");
            return Optional.empty();
        }
        open.add(target);
        try {
            return find(from, target).flatMap(then);
        } finally {
            open.remove(target);
        }
    }

    private Optional<ConfigNode> find(ScalarNode from, String target) {
        ConfigNode node = root;
        String walked = "";
        for (String key : target.split("\\.", -1)) {
            ConfigNode here = node instanceof ScalarNode scalar ? follow(scalar).orElse(scalar) : node;
            Optional<ConfigNode> below = below(here, key);
            if (below.isEmpty()) {
                missing(from, target, walked, key, here);
                return Optional.empty();
            }
            node = below.get();
            walked = ConfigNode.child(walked, key);
        }
        return Optional.of(node);
    }

    static Optional<ConfigNode> below(ConfigNode node, String key) {
        if (node instanceof ListNode list) {
            return key.matches("[0-9]{1,9}") ? list.items().stream().skip(Integer.parseInt(key)).findFirst() : Optional.empty();
        }
        return node instanceof MapNode map ? map.get(key) : Optional.empty();
    }

    private void missing(ScalarNode from, String target, String walked, String key, ConfigNode here) {
        Collection<String> keys = here instanceof MapNode map ? map.keys() : Set.of();
        String advice = Problems.nearest(key, keys).map(near -> "did you mean '" + ConfigNode.child(walked, near) + "'?")
                .orElse(walked.isEmpty() ? "references start at the top of the config" : "'" + walked + "' is " + here.describe());
        report(from, "${" + target + "} refers to a key that does not exist", advice);
    }

    private void report(ScalarNode from, String message, String advice) {
        if (reported.add(from.path())) {
            problems.add(from, message, advice);
        }
    }
}
