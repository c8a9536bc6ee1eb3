package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.List;

/**
 * One number for all parameter groups, or a number for each.
 *
 * @param values one number at least
 * @param isList whether it was written as a list
 */
public record Numbers(List<Double> values, boolean isList) {

    /** One number. */
    public static Numbers of(double value) {
        return new Numbers(List.of(value), false);
    }

    /** A list. */
    public static Numbers of(List<Double> values) {
        return new Numbers(List.copyOf(values), true);
    }

    /** Reads a number or a list of numbers. */
    public static Numbers fromConfig(ConfigNode node, Problems problems) {
        if (node instanceof ListNode list && !list.items().isEmpty()) {
            return of(list.items().stream().map(item -> number(item, problems)).toList());
        }
        return of(number(node, problems));
    }

    private static double number(ConfigNode node, Problems problems) {
        if (node instanceof ScalarNode scalar
                && (scalar.kind() == ScalarNode.Kind.INT || scalar.kind() == ScalarNode.Kind.FLOAT)) {
            return scalar.asDouble();
        }
        problems.add(node, "expected a number, or a list of numbers, found " + node.describe());
        return 1;
    }

    /**
     * The number of a parameter group.
     *
     * @throws ConfigException if the list is too short
     */
    double get(int group) {
        if (!isList) {
            return values.get(0);
        } else if (group < values.size()) {
            return values.get(group);
        }
        throw ConfigException.of(values + " has no number for parameter group " + group
                + ": give a single number, or one for each parameter group");
    }
}
