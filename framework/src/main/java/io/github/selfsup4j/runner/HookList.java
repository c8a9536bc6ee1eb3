package io.github.selfsup4j.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The hooks of a run in the order in which they are called. */
public final class HookList {
    private record Entry(Hook hook, int priority) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds a hook with its own priority, after those of the same. */
    public void add(Hook hook) {
        add(hook, hook.priority().value());
    }

    /**
     * Adds a hook.
     *
     * @param priority from 0, first, to 100
     */
    public void add(Hook hook, int priority) {
        entries.add(new Entry(hook, priority));
        entries.sort(Comparator.comparingInt(Entry::priority));
    }

    /** Calls every hook. */
    public void call(Consumer<Hook> stage) {
        entries.forEach(entry -> stage.accept(entry.hook));
    }

    /** The hooks with a state. */
    public Stream<StatefulHook> stateful() {
        return entries.stream()
                .map(Entry::hook)
                .filter(StatefulHook.class::isInstance)
                .map(StatefulHook.class::cast);
    }

    /** The table of stages and hooks, as mmcv prints it at the start of a run. */
    public String table() {
        StringBuilder table = new StringBuilder("Hooks are called in this order:");
        for (Stage stage : Stage.values()) {
            List<Entry> called = entries.stream()
                    .filter(entry -> Stage.of(entry.hook).contains(stage))
                    .toList();
            if (!called.isEmpty()) {
                table.append("\n").append(stage.method()).append(":");
                called.forEach(entry -> table.append(String.format(
                        "\n  (%-12s) %s",
                        name(entry.priority), entry.hook.getClass().getSimpleName())));
            }
        }
        return table.toString();
    }

    private static String name(int value) {
        return Stream.of(Priority.values())
                .filter(priority -> priority.value() == value)
                .map(Priority::name)
                .findFirst()
                .orElse(String.valueOf(value));
    }
}
