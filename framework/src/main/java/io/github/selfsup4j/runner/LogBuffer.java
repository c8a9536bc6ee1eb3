package io.github.selfsup4j.runner;

import io.github.selfsup4j.io.tree.MappingBuilder;
import io.github.selfsup4j.io.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The last values of everything that is logged. The runner adds the losses of an iteration before
 * {@link Hook#afterTrainIter}, hooks add what they like; loggers, of {@link Priority#VERY_LOW}, read averages over
 * their intervals.
 */
public final class LogBuffer {
    private record Value(double value, double weight) {}

    private final Map<String, Deque<Value>> history = new LinkedHashMap<>();
    private int length = 1;

    /** Keeps at least so many values of a name; each logger asks for its interval before the run. */
    public void remember(int values) {
        length = Math.max(length, values);
    }

    /** Adds a value that counts once. */
    public void add(String name, double value) {
        add(name, value, 1);
    }

    /** Adds a value with a weight, usually the number of samples. */
    public void add(String name, double value, double weight) {
        Deque<Value> values = history.computeIfAbsent(name, unused -> new ArrayDeque<>());
        values.addLast(new Value(value, weight));
        if (values.size() > length) {
            values.removeFirst();
        }
    }

    /** The last value of a name; empty if there is none. */
    public OptionalDouble last(String name) {
        Deque<Value> values = history.get(name);
        return values == null ? OptionalDouble.empty() : OptionalDouble.of(values.getLast().value);
    }

    /** Weighted averages of the last {@code n} values of every name, in the order of first values. */
    public Map<String, Double> averages(int n) {
        Map<String, Double> averages = new LinkedHashMap<>();
        history.forEach((name, values) -> averages.put(name, average(new ArrayList<>(values), n)));
        return averages;
    }

    private static double average(List<Value> values, int n) {
        double sum = 0;
        double weight = 0;
        for (Value value : values.subList(Math.max(0, values.size() - n), values.size())) {
            sum += value.value * value.weight;
            weight += value.weight;
        }
        return sum / weight;
    }

    /** Every value that is remembered, for a checkpoint: a resumed run logs the averages of an uninterrupted one. */
    Tree state() {
        MappingBuilder state = Tree.mapping();
        history.forEach((name, values) -> state.put(
                name,
                Tree.list(values.stream()
                        .map(value -> Tree.tuple(Tree.of(value.value), Tree.of(value.weight)))
                        .toList())));
        return state.build();
    }

    /** Restores what {@link #state()} gave. */
    void load(Tree state) {
        history.clear();
        state.asMapping().entries().forEach((name, values) -> {
            remember(values.asList().size());
            values.asList().forEach(value -> add(name.asText(), value.asDouble(0), value.asDouble(1)));
        });
    }

    /** Forgets every value. */
    public void clear() {
        history.clear();
    }
}
