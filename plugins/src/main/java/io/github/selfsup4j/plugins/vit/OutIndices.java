package io.github.selfsup4j.plugins.vit;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.List;

/**
 * Layers whose outputs are given: in a config a number or a list, -1 being the last layer.
 *
 * @param numbers as they are written
 */
public record OutIndices(List<Integer> numbers) {
    /** The last layer. */
    static final OutIndices LAST = new OutIndices(List.of(-1));

    /** Reads a config value. */
    public static OutIndices fromConfig(ConfigNode node, Problems problems) {
        List<ConfigNode> items = node instanceof ListNode list ? List.copyOf(list.items()) : List.of(node);
        if (items.isEmpty()
                || !items.stream()
                        .allMatch(item -> item instanceof ScalarNode scalar
                                && scalar.toInt().isPresent())) {
            problems.add(node, "expected the number of a layer or a list of such, found " + node.describe());
            return LAST;
        }
        return new OutIndices(items.stream()
                .map(item -> ((ScalarNode) item).toInt().getAsInt())
                .toList());
    }

    /** Whether a transformer has these layers. */
    boolean within(int layers) {
        return numbers.stream().allMatch(number -> number >= -layers && number < layers);
    }

    /** The layers of a transformer, counted from 0, in ascending order. */
    List<Integer> of(int layers) {
        return numbers.stream()
                .map(number -> Math.floorMod(number, layers))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return numbers.size() == 1 ? numbers.get(0).toString() : numbers.toString();
    }
}
