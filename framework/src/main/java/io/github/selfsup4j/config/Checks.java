package io.github.selfsup4j.config;

import java.util.List;

/** What a {@link Validated} config reports its mistakes to. */
public final class Checks {
    private final MapNode node;
    private final Object config;
    private final Problems problems;

    Checks(MapNode node, Object config, Problems problems) {
        this.node = node;
        this.config = config;
        this.problems = problems;
    }

    /**
     * Reports a value that cannot be.
     *
     * @param ok whether it can
     * @param javaField name of the field, for example {@code embedDims}
     * @param expected what may stand there, for example {@code a multiple of num_heads (12)}
     */
    public void require(boolean ok, String javaField, String expected) {
        if (!ok) {
            String key = ConfigField.snakeCase(javaField);
            String found = node.get(key).map(ConfigNode::describe).orElseGet(() -> "the default " + value(javaField));
            problems.add(
                    node.get(key).map(ConfigNode::location).orElse(node.location()),
                    ConfigNode.child(node.path(), key),
                    "expected " + expected + ", found " + found);
        }
    }

    /**
     * Reports a key that cannot be, somewhere in the map that is a field's value.
     *
     * @param javaField name of the field
     * @param keys the way from that map down to the key, which is the last
     * @param message what is wrong with it, for example {@code unknown option}
     * @param advice what to do about it
     */
    public void refuseKey(String javaField, List<String> keys, String message, String advice) {
        MapNode map = node;
        String key = ConfigField.snakeCase(javaField);
        for (String next : keys) {
            if (map.get(key).orElse(null) instanceof MapNode inner) {
                map = inner;
                key = next;
            }
        }
        problems.add(map.keyLocation(key), ConfigNode.child(map.path(), key), message, advice);
    }

    private Object value(String javaField) {
        return ConfigField.of(config.getClass()).stream()
                .filter(field -> field.field().getName().equals(javaField))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(config.getClass().getName() + " has no field " + javaField))
                .get(config);
    }
}
