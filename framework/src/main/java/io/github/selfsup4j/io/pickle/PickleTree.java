package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tree.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the unpickler's result into a {@link Tree}. */
public final class PickleTree {
    /** No checkpoint nests this deep; a list inside itself does. */
    private static final int DEEPEST = 200;

    private static final int CONTAINER_COST = 96;
    private static final int ITEM_COST = 16;
    private static final int ENTRY_COST = 64;

    private final Path file;
    private final MemoryBudget budget;
    private final TorchTensors tensors;

    public PickleTree(Path file, MemoryBudget budget, TorchTensors tensors) {
        this.file = file;
        this.budget = budget;
        this.tensors = tensors;
    }

    public Tree convert(PickleValue value) {
        return convert(value, 0);
    }

    /** Every visit is booked: a few lists that hold each other twice would be endless when written out. */
    private Tree convert(PickleValue value, int depth) {
        if (depth > DEEPEST) {
            throw new FormatException(file, "values nested more than " + DEEPEST + " deep", "a checkpoint");
        }
        if (value instanceof PickleValue.Final leaf) {
            return leaf.tree();
        } else if (value instanceof PickleValue.Items sequence) {
            budget.take(CONTAINER_COST + (long) ITEM_COST * sequence.items().size(), "nested lists");
            List<Tree> items = new ArrayList<>(sequence.items().size());
            for (PickleValue item : sequence.items()) {
                items.add(convert(item, depth + 1));
            }
            return new Tree.Sequence(items, sequence.isTuple());
        } else if (value instanceof PickleValue.Dictionary dictionary) {
            budget.take(CONTAINER_COST + 2L * ENTRY_COST * dictionary.entries().size(), "nested dictionaries");
            Map<Tree, Tree> entries = new LinkedHashMap<>();
            dictionary.entries().forEach((key, item) -> entries.put(key, convert(item, depth + 1)));
            return new Tree.Mapping(entries, dictionary.isOrderedDict());
        } else if (value instanceof PickleValue.Storage storage) {
            return Tree.of(tensors.wholeStorage(storage.storage()));
        }
        return Tree.of(((PickleValue.Global) value).name());
    }
}
