package io.github.selfsup4j.tools.complexity;

import ai.djl.nn.Parameter;
import io.github.selfsup4j.nn.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Modules of a model, each with what it holds and computes, as an indented table. */
public final class ModuleTable {

    /**
     * A module with all below it.
     *
     * @param path its path in the state dict; empty for the model
     * @param depth how far below the model
     * @param parameters number of values, without buffers
     * @param trained how many of them are trained
     * @param multiplyAdds what it computes; empty if that is not known of it by itself
     */
    public record Row(String path, int depth, long parameters, long trained, OptionalLong multiplyAdds) {}

    private final List<Row> rows = new ArrayList<>();

    private ModuleTable() {}

    /**
     * A table.
     *
     * @param depth how far below the model modules have rows of their own
     * @param costs multiply-adds by module path with a dot at its end, as {@link ModelCost} gives them; empty for none
     */
    public static ModuleTable of(Layer model, int depth, Map<String, Long> costs) {
        ModuleTable table = new ModuleTable();
        table.add("", model, 0, depth, costs);
        return table;
    }

    private void add(String path, Layer layer, int level, int depth, Map<String, Long> costs) {
        Set<Parameter> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(layer.namedParameters().values());
        long parameters =
                own.stream().mapToLong(parameter -> parameter.getShape().size()).sum();
        long trained = own.stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
        String start = path.isEmpty() ? "" : path + ".";
        List<Long> below = costs.entrySet().stream()
                .filter(cost -> cost.getKey().startsWith(start))
                .map(Map.Entry::getValue)
                .toList();
        boolean partOfACall = below.isEmpty()
                && costs.keySet().stream().anyMatch(called -> !called.isEmpty() && start.startsWith(called));
        rows.add(new Row(
                path,
                level,
                parameters,
                trained,
                partOfACall || costs.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(
                                below.stream().mapToLong(Long::longValue).sum())));
        if (level < depth) {
            layer.layers().forEach((name, child) -> add(start + name, child, level + 1, depth, costs));
        }
    }

    /** The rows, a module before those below it. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The whole model's row. */
    public Row total() {
        return rows.get(0);
    }

    /**
     * The table as text.
     *
     * @param withCosts whether it has a column of multiply-adds
     */
    public String text(String name, boolean withCosts) {
        int width =
                rows.stream().mapToInt(row -> label(row, name).length()).max().orElse(0);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-" + width + "s %14s %14s%s%n",
                "module",
                "parameters",
                "trained",
                withCosts ? String.format("%18s", "MACs") : ""));
        for (Row row : rows) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-" + width + "s %,14d %,14d%s%n",
                            label(row, name),
                            row.parameters(),
                            row.trained(),
                            withCosts
                                    ? row.multiplyAdds().isPresent()
                                            ? String.format(
                                                    Locale.ROOT,
                                                    "%,18d",
                                                    row.multiplyAdds().getAsLong())
                                            : ""
                                    : "")
                    .replaceAll(" +(?=\\R)", ""));
        }
        return text.toString();
    }

    private static String label(Row row, String name) {
        String shown = row.path().isEmpty() ? name : row.path();
        return "  ".repeat(row.depth()) + shown;
    }
}
