package io.github.selfsup4j.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the values that {@code ${key.path}} refers to. */
final class Lookup {
    private final MapNode root;
    private final Budget budget;
    private final Problems problems;
    /** The references being put in right now, outermost first: meeting one again is a circle. */
    private final Set<String> open = new LinkedHashSet<>();
    /** Key paths of references with a problem, to tell it once however often they are put in. */
    private final Set<String> reported = new HashSet<>();

    /** @param root where key paths start */
    Lookup(MapNode root, Budget budget, Problems problems) {
        this.root = root;
        this.budget = budget;
        this.problems = problems;
    }

    /** The value that a scalar stands for, if all of it is one reference to a key. */
    Optional<ConfigNode> follow(ScalarNode scalar) {
        Optional<String> target = template(scalar)
                .flatMap(Template::whole)
                .filter(Template.Key.class::isInstance)
                .map(part -> ((Template.Key) part).path());
        return target.flatMap(path -> within(scalar, path, this::followed)).map(node -> {
            budget.spendAll(node, scalar.location(), scalar.path(), 0);
            return node.at(scalar.path());
        });
    }

    private Optional<ConfigNode> followed(ConfigNode node) {
        return Optional.of(node instanceof ScalarNode scalar ? follow(scalar).orElse(node) : node);
    }

    /** Finds what a reference names and does something with it, unless that leads back to itself. */
    Optional<ConfigNode> within(ScalarNode from, String target, Function<ConfigNode, Optional<ConfigNode>> then) {
        if (open.contains(target)) {
            String circle = String.join(" -> ", open) + " -> " + target;
            report(from, "circular reference: " + circle, "give one of them a value");
            return Optional.empty();
        } else if (open.size() == Budget.DEPTH) {
            String message = "references lead through more than " + Budget.DEPTH + " others";
            throw ConfigException.of(from.location(), from.path(), message);
        }
        open.add(target);
        try {
            return find(from, target).flatMap(then);
        } finally {
            open.remove(target);
        }
    }

    /** What is below a node that is no reference. */
    static Optional<ConfigNode> below(ConfigNode node, String key) {
        if (node instanceof ListNode list) {
            boolean index = key.matches("[0-9]{1,9}")
                    && Integer.parseInt(key) < list.items().size();
            return index ? Optional.of(list.items().get(Integer.parseInt(key))) : Optional.empty();
        }
        return node instanceof MapNode map ? map.get(key) : Optional.empty();
    }

    /** The references in a text, if there are any. */
    Optional<Template> template(ScalarNode scalar) {
        if (scalar.kind() != ScalarNode.Kind.STRING || !scalar.asText().contains("${")) {
            return Optional.empty();
        }
        Optional<Template> template = Template.parse(scalar.asText());
        if (template.isEmpty()) {
            report(scalar, "'${' without '}' in " + scalar.describe(), "write $${ for the characters themselves");
        }
        return template;
    }

    /** Reports a reference, once. */
    void report(ScalarNode from, String message, String advice) {
        if (reported.add(from.path())) {
            problems.add(from, message, advice);
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

    private void missing(ScalarNode from, String target, String walked, String key, ConfigNode here) {
        Collection<String> keys = here instanceof MapNode map ? map.keys() : Set.of();
        String known = walked.isEmpty()
                ? "references start at the top of the config"
                : "'" + walked + "' is " + here.describe();
        Optional<String> near = Problems.nearest(key, keys).map(name -> ConfigNode.child(walked, name));
        String advice = near.map(path -> "did you mean '" + path + "'?").orElse(known);
        report(from, "${" + ScalarNode.shorten(target) + "} refers to a key that does not exist", advice);
    }
}
