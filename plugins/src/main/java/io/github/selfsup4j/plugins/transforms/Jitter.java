package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much something is varied: in a config one number, the largest distance from the value that changes nothing, or
 * {@code [low, high]}.
 *
 * @param numbers one or two
 */
public record Jitter(List<Double> numbers) {
    /** No change. */
    static final Jitter NONE = new Jitter(List.of(0.0));

    /** Reads a config value: a number of 0 or more, or two numbers, the smaller first. */
    public static Jitter fromConfig(ConfigNode node, Problems problems) {
        List<ConfigNode> items = node instanceof ListNode list ? list.items() : List.of(node);
        List<Double> numbers = items.stream().flatMap(Jitter::number).toList();
        boolean amount = !(node instanceof ListNode) && numbers.size() == 1 && numbers.get(0) >= 0;
        boolean range = items.size() == 2 && numbers.size() == 2 && numbers.get(0) <= numbers.get(1);
        if (!amount && !range) {
            problems.add(node, "expected a number of 0 or more, or [low, high], found " + node.describe());
            return NONE;
        }
        return new Jitter(numbers);
    }

    private static Stream<Double> number(ConfigNode node) {
        boolean number = node instanceof ScalarNode scalar
                && (scalar.kind() == ScalarNode.Kind.INT || scalar.kind() == ScalarNode.Kind.FLOAT)
                && Double.isFinite(scalar.asDouble());
        return number ? Stream.of(((ScalarNode) node).asDouble()) : Stream.empty();
    }

    /**
     * The smallest value.
     *
     * @param neutral the one that changes nothing
     */
    double low(double neutral) {
        return numbers.size() == 1 ? neutral - numbers.get(0) : numbers.get(0);
    }

    /**
     * The largest value.
     *
     * @param neutral the one that changes nothing
     */
    double high(double neutral) {
        return numbers.size() == 1 ? neutral + numbers.get(0) : numbers.get(1);
    }

    @Override
    public String toString() {
        return numbers.size() == 1 ? numbers.get(0).toString() : numbers.toString();
    }
}
