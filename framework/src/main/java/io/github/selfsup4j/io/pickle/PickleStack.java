package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The unpickler's memory: the stack, the marks that begin groups on it, and the values kept for later. */
final class PickleStack {
    /** Upper bounds of the bytes one such thing takes. */
    private static final int VALUE_COST = 64;

    private static final int ITEM_COST = 16;
    private static final int KEPT_COST = 80;

    private final Path file;
    private final MemoryBudget budget;
    private final List<PickleValue> values = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, PickleValue> kept = new HashMap<>();

    PickleStack(Path file, MemoryBudget budget) {
        this.file = file;
        this.budget = budget;
    }

    void push(PickleValue value) {
        budget.take(VALUE_COST, "a pickle");
        values.add(value);
    }

    PickleValue peek() {
        if (values.size() <= floor()) {
            throw bad("a pickle that takes a value from an empty stack");
        }
        return values.get(values.size() - 1);
    }

    PickleValue pop() {
        PickleValue value = peek();
        values.remove(values.size() - 1);
        return value;
    }

    List<PickleValue> pop(int count) {
        int start = values.size() - count;
        if (start < floor()) {
            throw bad("a pickle that takes " + count + " values from a shorter stack");
        }
        budget.take((long) ITEM_COST * count, "lists");
        List<PickleValue> top = values.subList(start, values.size());
        List<PickleValue> popped = new ArrayList<>(top);
        top.clear();
        return popped;
    }

    void mark() {
        budget.take(VALUE_COST, "a pickle");
        marks.push(values.size());
    }

    List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw bad("a pickle that ends a group it did not begin");
        }
        List<PickleValue> group = pop(values.size() - marks.peek());
        marks.pop();
        return group;
    }

    /** Keeps the top value under the next free number. */
    void keep() {
        keep(kept.size());
    }

    void keep(int index) {
        budget.take(KEPT_COST, "a pickle");
        kept.put(index, peek());
    }

    void recall(int index) {
        PickleValue value = kept.get(index);
        if (value == null) {
            throw bad("a pickle that recalls value " + Integer.toUnsignedLong(index) + ", which it never kept");
        }
        push(value);
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.peek();
    }

    private FormatException bad(String found) {
        return new FormatException(file, found, "a whole pickle");
    }
}
