package io.github.selfsup4j.io.tree;

import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the entries of a {@link Tree.Mapping}, in order. */
public final class MappingBuilder {
    private final Map<Tree, Tree> entries = new LinkedHashMap<>();

    MappingBuilder() {}

    /** Adds or replaces an entry. */
    public MappingBuilder put(String key, Tree value) {
        entries.put(Tree.of(key), value);
        return this;
    }

    /** Adds or replaces an entry with an int key. */
    public MappingBuilder put(long key, Tree value) {
        entries.put(Tree.of(key), value);
        return this;
    }

    /** Adds or replaces a whole number. */
    public MappingBuilder put(String key, long value) {
        return put(key, Tree.of(value));
    }

    /** Adds or replaces a floating-point number. */
    public MappingBuilder put(String key, double value) {
        return put(key, Tree.of(value));
    }

    /** Adds or replaces a truth value. */
    public MappingBuilder put(String key, boolean value) {
        return put(key, Tree.of(value));
    }

    /** Adds or replaces a text. */
    public MappingBuilder put(String key, String value) {
        return put(key, Tree.of(value));
    }

    /** Adds or replaces a tensor. */
    public MappingBuilder put(String key, HostTensor value) {
        return put(key, Tree.of(value));
    }

    /** The dictionary. */
    public Tree.Mapping build() {
        return new Tree.Mapping(entries, false);
    }
}
