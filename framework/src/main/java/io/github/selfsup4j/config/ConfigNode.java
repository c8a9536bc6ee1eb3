package io.github.selfsup4j.config;

/** A value of a config file that knows where it was written. Immutable. */
public sealed interface ConfigNode permits MapNode, ListNode, ScalarNode {

    /** Where the value was written, through merging and {@code ${}}: the place to change it. */
    Location location();

    /** Key path in the merged config, for example {@code data.train.pipeline.0.size}; empty for the root. */
    String path();

    /** The same value at another key path. */
    ConfigNode at(String path);

    /** The value in words, for messages: {@code the integer 3}, {@code a list of 2 items}. */
    String describe();

    /** Whether this is {@code null}, which means absent. */
    default boolean isNull() {
        return this instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.NULL;
    }

    /** Key path of something below a path. */
    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
