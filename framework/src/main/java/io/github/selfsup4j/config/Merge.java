package io.github.selfsup4j.config;

import java.util.Optional;

/**
 * Puts one config on top of another as mmcv does: maps merge key by key, everything else is replaced, a map with
 * {@code _delete_: true} replaces too.
 */
final class Merge {
    private static final String DELETE = "_delete_";

    private final Lookup lookup;
    private final boolean intoLists;
    private final Problems problems;

    private Merge(Lookup lookup, boolean intoLists, Problems problems) {
        this.lookup = lookup;
        this.intoLists = intoLists;
        this.problems = problems;
    }

    /** A file on top of its bases. */
    static MapNode file(MapNode base, MapNode child, Budget budget, Problems problems) {
        MapNode.Builder scope = new MapNode.Builder(child.location(), "");
        child.entries().forEach((key, value) -> scope.put(key, child.keyLocation(key), value));
        base.entries().forEach((key, value) -> scope.put(key, base.keyLocation(key), value));
        return new Merge(new Lookup(scope.build(), budget, problems), false, problems).map(base, child);
    }

    /** Overrides on top of a config; their keys {@code 0}, {@code 1}, ... reach into lists. */
    static MapNode override(MapNode base, MapNode override, Budget budget, Problems problems) {
        return new Merge(new Lookup(base, budget, problems), true, problems).map(base, override);
    }

    private MapNode map(MapNode base, MapNode child) {
        if (deletes(child)) {
            return fresh(child);
        }
        MapNode.Builder merged = new MapNode.Builder(child.location(), child.path());
        base.entries().forEach((key, value) -> merged.put(key, base.keyLocation(key), value));
        child.without(DELETE)
                .entries()
                .forEach((key, value) -> merged.put(key, child.keyLocation(key), value(base.present(key), value)));
        return merged.build();
    }

    private ConfigNode value(Optional<ConfigNode> written, ConfigNode value) {
        if (!(value instanceof MapNode child) || written.isEmpty() || deletes(child)) {
            return fresh(value);
        }
        ConfigNode base = written.get() instanceof ScalarNode scalar
                ? lookup.follow(scalar).orElse(scalar)
                : written.get();
        if (base instanceof MapNode map) {
            return map(map.at(child.path()), child);
        } else if (base instanceof ListNode list && intoLists) {
            return list(list.at(child.path()), child);
        }
        if (!problems.concern(child.path())) {
            problems.add(
                    child,
                    "a map cannot be merged with " + base.describe() + " from " + base.location(),
                    "add '_delete_: true' to the map if it is to replace that");
        }
        return child;
    }

    private ListNode list(ListNode base, MapNode child) {
        ListNode merged = base;
        for (String key : child.keys()) {
            ConfigNode value = child.entries().get(key);
            int size = base.items().size();
            if (!key.matches("[0-9]{1,9}") || Integer.parseInt(key) >= size) {
                problems.add(
                        value,
                        "no item '" + key + "' in " + base.describe(),
                        size == 0 ? "give the whole list" : "items count from 0 to " + (size - 1));
                continue;
            }
            int index = Integer.parseInt(key);
            merged = merged.with(index, value(Optional.of(merged.items().get(index)), value));
        }
        return merged;
    }

    private boolean deletes(MapNode map) {
        Optional<ConfigNode> delete = map.get(DELETE);
        if (delete.isEmpty() || (delete.get() instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.BOOL)) {
            return delete.isPresent() && ((ScalarNode) delete.get()).asBoolean();
        } else if (!problems.concern(delete.get().path())) {
            problems.add(
                    delete.get(),
                    "expected true or false, found " + delete.get().describe());
        }
        return false;
    }

    /** A value that merges with nothing. */
    private ConfigNode fresh(ConfigNode node) {
        return node instanceof MapNode map ? fresh(map) : node;
    }

    private MapNode fresh(MapNode map) {
        MapNode.Builder fresh = new MapNode.Builder(map.location(), map.path());
        map.without(DELETE).entries().forEach((key, value) -> fresh.put(key, map.keyLocation(key), fresh(value)));
        return fresh.build();
    }
}
