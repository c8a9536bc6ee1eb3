package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A difference between two configs.
 *
 * @param path key path, for example {@code optimizer.lr}
 * @param before the value in the first; empty if it has none
 * @param now the value in the second; empty if it has none
 */
public record ConfigChange(String path, Optional<ConfigNode> before, Optional<ConfigNode> now) {

    /** What differs, at the longest key paths that both have, in the order of the second config. */
    public static List<ConfigChange> between(MapNode before, MapNode now) {
        List<ConfigChange> changes = new ArrayList<>();
        compare(before, now, changes);
        return changes;
    }

    private static void compare(ConfigNode before, ConfigNode now, List<ConfigChange> changes) {
        if (before instanceof MapNode old && now instanceof MapNode current) {
            Set<String> keys = new LinkedHashSet<>(current.keys());
            keys.addAll(old.keys());
            keys.forEach(
                    key -> compare(ConfigNode.child(now.path(), key), old.present(key), current.present(key), changes));
        } else if (before instanceof ListNode old
                && now instanceof ListNode current
                && old.items().size() == current.items().size()) {
            for (int i = 0; i < old.items().size(); i++) {
                compare(
                        ConfigNode.child(now.path(), String.valueOf(i)),
                        Optional.of(old.items().get(i)),
                        Optional.of(current.items().get(i)),
                        changes);
            }
        } else if (!(before instanceof ScalarNode old && now instanceof ScalarNode current && same(old, current))) {
            changes.add(new ConfigChange(now.path(), Optional.of(before), Optional.of(now)));
        }
    }

    private static void compare(
            String path, Optional<ConfigNode> before, Optional<ConfigNode> now, List<ConfigChange> changes) {
        if (before.isPresent() && now.isPresent()) {
            compare(before.get(), now.get().at(path), changes);
        } else if (before.isPresent() || now.isPresent()) {
            changes.add(new ConfigChange(path, before, now));
        }
    }

    private static boolean same(ScalarNode one, ScalarNode other) {
        return (isNumber(one) && isNumber(other))
                ? one.asDouble() == other.asDouble()
                : one.kind() == other.kind()
                        && one.asText().equalsIgnoreCase(other.asText())
                        && (one.kind() != ScalarNode.Kind.STRING || one.asText().equals(other.asText()));
    }

    private static boolean isNumber(ScalarNode node) {
        return node.kind() == ScalarNode.Kind.INT || node.kind() == ScalarNode.Kind.FLOAT;
    }

    /** For a person: {@code optimizer.lr: 0.1 -> 0.2}. */
    @Override
    public String toString() {
        return path + ": " + text(before) + " -> " + text(now);
    }

    private static String text(Optional<ConfigNode> value) {
        return value.map(node -> node instanceof ScalarNode scalar ? scalar.asText() : node.describe())
                .orElse("not there");
    }
}
