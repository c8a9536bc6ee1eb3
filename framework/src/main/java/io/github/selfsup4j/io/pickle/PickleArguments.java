package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments a pickle passes to one of {@link PickleGlobals}, each checked to be of the kind that is needed. */
final class PickleArguments {
    private final Path file;
    private final String function;
    private final List<PickleValue> values;

    PickleArguments(Path file, String function, List<PickleValue> values) {
        this.file = file;
        this.function = function;
        this.values = values;
    }

    int size() {
        return values.size();
    }

    PickleValue value(int at) {
        if (at >= values.size()) {
            throw bad(at, "one more argument");
        }
        return values.get(at);
    }

    /** The items of a tuple or list. */
    List<PickleValue> items(int at) {
        if (value(at) instanceof PickleValue.Items sequence) {
            return sequence.items();
        }
        throw bad(at, "a tuple");
    }

    /** The items of a tuple, as arguments. */
    PickleArguments nested(int at) {
        return new PickleArguments(file, function, items(at));
    }

    String text(int at) {
        if (value(at) instanceof PickleValue.Final leaf && leaf.tree() instanceof Tree.Text text) {
            return text.value();
        }
        throw bad(at, "a text");
    }

    long whole(int at) {
        if (value(at) instanceof PickleValue.Final leaf && leaf.tree() instanceof Tree.Int whole) {
            return whole.value();
        }
        throw bad(at, "a whole number");
    }

    long[] sizes(int at) {
        PickleArguments sizes = nested(at);
        long[] numbers = new long[sizes.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = sizes.whole(i);
        }
        return numbers;
    }

    HostTensor tensor(int at) {
        if (value(at) instanceof PickleValue.Final leaf && leaf.tree() instanceof Tree.Tensor tensor) {
            return tensor.value();
        }
        throw bad(at, "a tensor");
    }

    TorchStorage storage(int at) {
        if (value(at) instanceof PickleValue.Storage storage) {
            return storage.storage();
        }
        throw bad(at, "a storage");
    }

    String global(int at) {
        if (value(at) instanceof PickleValue.Global global) {
            return global.name();
        }
        throw bad(at, "a name");
    }

    /** A dictionary, or a list of pairs. */
    Map<Tree, PickleValue> entries(int at) {
        if (value(at) instanceof PickleValue.Dictionary dictionary) {
            return dictionary.entries();
        }
        Map<Tree, PickleValue> entries = new LinkedHashMap<>();
        for (PickleValue item : items(at)) {
            PickleArguments pair = new PickleArguments(file, function, List.of(item)).nested(0);
            entries.put(key(file, pair.value(0)), pair.value(1));
        }
        return entries;
    }

    /** A value as the key of a dictionary. */
    static Tree key(Path file, PickleValue value) {
        if (value instanceof PickleValue.Final leaf && !(leaf.tree() instanceof Tree.Tensor)) {
            return leaf.tree();
        }
        throw new FormatException(file, "a dictionary with a key that is no text or number", "plain keys");
    }

    FormatException bad(int at, String expected) {
        return new FormatException(file, "a wrong argument " + at + " of " + function, expected);
    }
}
