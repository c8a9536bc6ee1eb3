package io.github.selfsup4j.io.tree;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint holds: the plain values of Python, and tensors. Immutable, equal by value.
 *
 * <pre>{@code
 * Tree checkpoint = Tree.mapping()
 *         .put("meta", Tree.mapping().put("epoch", 3).build())
 *         .put("state_dict", Tree.stateDict(tensors))
 *         .build();
 * long epoch = checkpoint.asLong("meta", "epoch");
 * }</pre>
 *
 * The accessors take a path from this value downwards (a {@code String} or a whole number is a key of a mapping, a
 * whole number also the index in a sequence; no path means this value itself) and fail with a {@link FormatException}
 * that names the path.
 */
public sealed interface Tree {
    /** Python's {@code None}. */
    record Null() implements Tree {}

    /** A truth value. */
    record Bool(boolean value) implements Tree {}

    /** A whole number. */
    record Int(long value) implements Tree {}

    /** A floating-point number. */
    record Real(double value) implements Tree {}

    /** A {@code str}. */
    record Text(String value) implements Tree {}

    /** A {@code bytes}: its values 0 to 255 as characters, so that it compares and prints. */
    record Bytes(String latin1) implements Tree {}

    /** A list or, if {@code isTuple}, a tuple. */
    record Sequence(List<Tree> items, boolean isTuple) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A dictionary, in the order of its entries.
     *
     * @param entries keys are scalars: {@link Text}, or {@link Int} as in an optimizer's state
     * @param isOrderedDict whether Python shall see {@code collections.OrderedDict} in place of {@code dict}
     */
    record Mapping(Map<Tree, Tree> entries, boolean isOrderedDict) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The value of a text key. */
        public Optional<Tree> get(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }

        /** The value of an int key. */
        public Optional<Tree> get(long key) {
            return Optional.ofNullable(entries.get(new Int(key)));
        }
    }

    /** A tensor. */
    record Tensor(HostTensor value) implements Tree {}

    /** {@code None}. */
    static Tree none() {
        return new Null();
    }

    /** A truth value. */
    static Tree of(boolean value) {
        return new Bool(value);
    }

    /** A whole number. */
    static Tree of(long value) {
        return new Int(value);
    }

    /** A floating-point number. */
    static Tree of(double value) {
        return new Real(value);
    }

    /** A text. */
    static Tree of(String value) {
        return new Text(value);
    }

    /** A tensor. */
    static Tree of(HostTensor value) {
        return new Tensor(value);
    }

    /** A list. */
    static Tree list(List<? extends Tree> items) {
        return new Sequence(List.copyOf(items), false);
    }

    /** A list. */
    static Tree list(Tree... items) {
        return list(List.of(items));
    }

    /** A tuple. */
    static Tree tuple(Tree... items) {
        return new Sequence(List.of(items), true);
    }

    /** An {@code OrderedDict} of tensors, as {@code module.state_dict()} gives it. */
    static Tree stateDict(Map<String, HostTensor> tensors) {
        Map<Tree, Tree> entries = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> entries.put(of(name), of(tensor)));
        return new Mapping(entries, true);
    }

    /** Starts a dictionary. */
    static MappingBuilder mapping() {
        return new MappingBuilder();
    }

    /** The value at a path, or empty if a key or index of it is not there. */
    default Optional<Tree> find(Object... path) {
        return TreePath.find(this, path);
    }

    /** The value at a path. */
    default Tree at(Object... path) {
        return TreePath.require(this, path);
    }

    /** The truth value at a path. */
    default boolean asBool(Object... path) {
        return TreePath.cast(this, Bool.class, "True or False", path).value();
    }

    /** The whole number at a path. */
    default long asLong(Object... path) {
        return TreePath.cast(this, Int.class, "a whole number", path).value();
    }

    /** As {@link #asLong}, for numbers that fit an int. */
    default int asInt(Object... path) {
        return TreePath.toInt(this, path);
    }

    /** The number at a path, whole or not. */
    default double asDouble(Object... path) {
        return at(path) instanceof Int whole
                ? whole.value()
                : TreePath.cast(this, Real.class, "a number", path).value();
    }

    /** The text at a path. */
    default String asText(Object... path) {
        return TreePath.cast(this, Text.class, "a text", path).value();
    }

    /** The tensor at a path. */
    default HostTensor asTensor(Object... path) {
        return TreePath.cast(this, Tensor.class, "a tensor", path).value();
    }

    /** The items of the list or tuple at a path. */
    default List<Tree> asList(Object... path) {
        return TreePath.cast(this, Sequence.class, "a list", path).items();
    }

    /** The dictionary at a path. */
    default Mapping asMapping(Object... path) {
        return TreePath.cast(this, Mapping.class, "a dictionary", path);
    }

    /** The tensors of the dictionary at a path, by name: a state dict. Anything else in it is an error. */
    default Map<String, HostTensor> asTensors(Object... path) {
        return TreePath.tensors(this, path);
    }
}
