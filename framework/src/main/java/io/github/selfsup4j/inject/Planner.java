package io.github.selfsup4j.inject;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.registry.ComponentEntry;
import io.github.selfsup4j.registry.Kinds;
import io.github.selfsup4j.registry.Registry;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks config nodes against the components they name, the whole tree, and builds nothing. */
public final class Planner {
    private static final String TYPE = "type";
    private static final int SHOWN = 15;

    private final Registry registry;
    private final Problems problems;

    /** @param problems where everything that is wrong goes */
    public Planner(Registry registry, Problems problems) {
        this.registry = registry;
        this.problems = problems;
    }

    /**
     * Plans a component.
     *
     * @param node a map with a {@code type}
     * @param type what the component must be: a kind's interface, or one that extends it
     * @return empty if there were problems
     */
    public Optional<ComponentPlan> plan(ConfigNode node, Class<?> type) {
        String kind = Kinds.of(type).orElseThrow();
        if (!(node instanceof MapNode map)) {
            problems.add(node.location(), node.path(), "expected a map with a 'type' that names a " + words(kind));
            return Optional.empty();
        }
        return entry(map, kind, type).flatMap(entry -> plan(map, entry));
    }

    private Optional<ComponentEntry> entry(MapNode map, String kind, Class<?> type) {
        Optional<ConfigNode> named = map.get(TYPE);
        if (named.isEmpty() || !(named.get() instanceof ScalarNode scalar) || scalar.kind() == ScalarNode.Kind.NULL) {
            problems.add(map.location(), map.path(), "missing 'type': which " + words(kind) + "? " + choices(kind));
            return Optional.empty();
        }
        String name = scalar.asText();
        Optional<ComponentEntry> entry = registry.find(kind, name);
        if (entry.isEmpty()) {
            problems.add(scalar.location(), scalar.path(), unknown(kind, name));
        } else if (!type.isAssignableFrom(entry.get().type())) {
            Set<String> fitting = registry.all(kind).stream()
                    .filter(other -> type.isAssignableFrom(other.type()))
                    .map(ComponentEntry::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            problems.add(
                    scalar.location(),
                    scalar.path(),
                    name + " is a " + words(kind) + " but no " + type.getSimpleName()
                            + ", which is needed here; those that are: " + fitting);
            return Optional.empty();
        }
        return entry;
    }

    private String unknown(String kind, String name) {
        Collection<String> kinds = registry.kindsOf(name);
        if (!kinds.isEmpty()) {
            return name + " is a " + words(String.join(", ", kinds)) + ", not a " + words(kind) + "; " + choices(kind);
        }
        String hint = Problems.nearest(name, registry.names(kind))
                .map(near -> "did you mean " + near + "?")
                .orElseGet(() -> choices(kind));
        return "unknown " + words(kind) + " '" + name + "'; " + hint
                + " (one of your own needs --plugins or plugin_paths)";
    }

    private String choices(String kind) {
        Collection<String> names = registry.names(kind);
        return names.isEmpty()
                ? "none is registered"
                : names.size() <= SHOWN
                        ? "expected one of " + names
                        : "'selfsup components --kind " + kind + "' lists the " + names.size() + " there are";
    }

    private Optional<ComponentPlan> plan(MapNode map, ComponentEntry entry) {
        int before = problems.all().size();
        ComponentSchema schema = ComponentSchema.of(entry.type());
        Set<String> elsewhere = new HashSet<>(Set.of(TYPE));
        schema.slots().forEach(slot -> elsewhere.add(slot.key()));
        Object config = ConfigBinder.bind(map, schema.config().orElse(NoConfig.class), elsewhere, problems);
        Map<String, List<List<ComponentPlan>>> children = new LinkedHashMap<>();
        for (SlotSpec slot : schema.slots()) {
            children.put(slot.key(), fill(slot, map));
        }
        ComponentPlan plan = new ComponentPlan(entry, map, schema, config, children);
        if (problems.all().size() == before && config instanceof ChecksParts checks) {
            checks.checkParts(plan, problems);
        }
        return problems.all().size() == before ? Optional.of(plan) : Optional.empty();
    }

    private List<List<ComponentPlan>> fill(SlotSpec slot, MapNode map) {
        Optional<ConfigNode> node = map.present(slot.key());
        if (node.isEmpty()) {
            if (slot.shape() != SlotSpec.Shape.OPTIONAL) {
                problems.add(map.location(), map.path(), "missing required key '" + slot.key() + "': " + slot.words());
            }
            return List.of();
        }
        return switch (slot.shape()) {
            case ONE, OPTIONAL -> List.of(plan(node.get(), slot.type()).stream().toList());
            case LIST -> List.of(planItems(node.get(), slot));
            case LISTS ->
                items(node.get(), slot.words()).stream()
                        .map(list -> planItems(list, slot))
                        .toList();
        };
    }

    private List<ComponentPlan> planItems(ConfigNode node, SlotSpec slot) {
        String expected = "a list of " + words(slot.kind()) + " components";
        return items(node, expected).stream()
                .map(item -> plan(item, slot.type()).orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    private List<ConfigNode> items(ConfigNode node, String expected) {
        if (node instanceof ListNode list) {
            return list.items();
        }
        problems.add(node.location(), node.path(), "expected " + expected);
        return List.of();
    }

    private static String words(String kind) {
        return kind.replace('_', ' ');
    }

    /** The config of a component that has none: every key is one too many. */
    public static final class NoConfig {}
}
