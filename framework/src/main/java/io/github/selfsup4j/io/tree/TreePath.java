package io.github.selfsup4j.io.tree;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds values in a {@link Tree} and says, in the words of a checkpoint's user, where one is not as expected. */
public final class TreePath {
    private static final int KEYS_SHOWN = 20;

    private TreePath() {}

    static Optional<Tree> find(Tree root, Object[] path) {
        Optional<Tree> here = Optional.of(root);
        for (Object step : path) {
            here = here.flatMap(tree -> child(tree, step));
        }
        return here;
    }

    static Tree require(Tree root, Object[] path) {
        Tree here = root;
        for (int i = 0; i < path.length; i++) {
            Tree parent = here;
            int depth = i;
            here = child(parent, path[i]).orElseThrow(() -> missing(parent, Arrays.copyOf(path, depth), path[depth]));
        }
        return here;
    }

    static <T extends Tree> T cast(Tree root, Class<T> type, String expected, Object[] path) {
        Tree tree = require(root, path);
        if (!type.isInstance(tree)) {
            throw new FormatException(name(path) + " is " + describe(tree) + "; expected " + expected);
        }
        return type.cast(tree);
    }

    static int toInt(Tree root, Object[] path) {
        long value = root.asLong(path);
        if (value != (int) value) {
            throw new FormatException(name(path) + " is " + value + "; expected a number of at most 32 bits");
        }
        return (int) value;
    }

    static Map<String, HostTensor> tensors(Tree root, Object[] path) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        root.asMapping(path).entries().forEach((key, value) -> {
            if (!(key instanceof Tree.Text name) || !(value instanceof Tree.Tensor tensor)) {
                throw new FormatException(name(path) + " has " + describe(value) + " under " + describe(key)
                        + "; expected a tensor under a name");
            }
            tensors.put(name.value(), tensor.value());
        });
        return tensors;
    }

    /** What a value is, in a few words. */
    public static String describe(Tree tree) {
        if (tree instanceof Tree.Null) {
            return "None";
        } else if (tree instanceof Tree.Bool bool) {
            return bool.value() ? "True" : "False";
        } else if (tree instanceof Tree.Int whole) {
            return "the number " + whole.value();
        } else if (tree instanceof Tree.Real real) {
            return "the number " + real.value();
        } else if (tree instanceof Tree.Text text) {
            return "the text '" + shorten(text.value()) + "'";
        } else if (tree instanceof Tree.Bytes bytes) {
            return bytes.latin1().length() + " bytes";
        } else if (tree instanceof Tree.Tensor tensor) {
            return "a tensor " + tensor.value();
        } else if (tree instanceof Tree.Sequence sequence) {
            return "a " + (sequence.isTuple() ? "tuple" : "list") + " of "
                    + sequence.items().size();
        }
        return "a dictionary of " + ((Tree.Mapping) tree).entries().size();
    }

    private static Optional<Tree> child(Tree tree, Object step) {
        if (tree instanceof Tree.Mapping mapping) {
            return step instanceof Number number ? mapping.get(number.longValue()) : mapping.get(step.toString());
        }
        if (tree instanceof Tree.Sequence sequence && step instanceof Number number) {
            List<Tree> items = sequence.items();
            long index = number.longValue();
            return index >= 0 && index < items.size() ? Optional.of(items.get((int) index)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static FormatException missing(Tree parent, Object[] path, Object step) {
        if (parent instanceof Tree.Mapping mapping) {
            return new FormatException(name(path) + " has no key '" + step + "'; its keys are " + keys(mapping));
        }
        return new FormatException(name(path) + " is " + describe(parent) + "; expected it to have '" + step + "'");
    }

    /** The keys of a dictionary for a message, the first of them if there are many. */
    public static String keys(Tree.Mapping mapping) {
        String keys = mapping.entries().keySet().stream()
                .limit(KEYS_SHOWN)
                .map(key -> key instanceof Tree.Text text ? shorten(text.value()) : describe(key))
                .collect(Collectors.joining(", "));
        int left = mapping.entries().size() - KEYS_SHOWN;
        return keys.isEmpty() ? "(none)" : left > 0 ? keys + " and " + left + " more" : keys;
    }

    private static String name(Object[] path) {
        return path.length == 0
                ? "the value"
                : Arrays.stream(path).map(Object::toString).collect(Collectors.joining("."));
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
