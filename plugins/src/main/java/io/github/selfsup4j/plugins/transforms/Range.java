package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.RandomStream;
import java.util.List;

/**
 * Numbers to draw from, in a config {@code [low, high]}.
 *
 * @param low smallest
 * @param high largest
 */
public record Range(double low, double high) {

    /** Reads a config value: two positive numbers, the smaller first. */
    public static Range fromConfig(ConfigNode node, Problems problems) {
        if (node instanceof ListNode list
                && list.items().size() == 2
                && list.items().stream().allMatch(Range::isNumber)) {
            List<Double> ends = list.items().stream()
                    .map(item -> ((ScalarNode) item).asDouble())
                    .toList();
            if (ends.get(0) > 0 && ends.get(0) <= ends.get(1) && ends.get(1) < Double.POSITIVE_INFINITY) {
                return new Range(ends.get(0), ends.get(1));
            }
        }
        problems.add(
                node, "expected [low, high], two positive numbers, the smaller one first, found " + node.describe());
        return new Range(1, 1);
    }

    private static boolean isNumber(ConfigNode node) {
        return node instanceof ScalarNode scalar
                && (scalar.kind() == ScalarNode.Kind.INT || scalar.kind() == ScalarNode.Kind.FLOAT);
    }

    /** A number of the range, each as likely as any other. */
    double uniform(RandomStream random) {
        return random.uniform(low, high);
    }

    /** A number whose logarithm is uniform: twice as large is as likely as half as large. */
    double logUniform(RandomStream random) {
        return Math.exp(random.uniform(Math.log(low), Math.log(high)));
    }

    @Override
    public String toString() {
        return "[" + low + ", " + high + "]";
    }
}
