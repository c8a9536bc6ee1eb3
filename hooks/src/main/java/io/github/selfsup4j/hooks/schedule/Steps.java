package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.List;

/** When a value decays: every so many epochs or iterations ({@code step: 30}), or at some ({@code step: [60, 80]}). */
public final class Steps {
    private final List<Long> milestones;
    private final long period;

    private Steps(List<Long> milestones, long period) {
        this.milestones = milestones;
        this.period = period;
    }

    /** Every {@code period} epochs or iterations. */
    public static Steps every(long period) {
        return new Steps(List.of(), period);
    }

    /** At each of some epochs or iterations. */
    public static Steps at(List<Long> milestones) {
        return new Steps(milestones, Long.MAX_VALUE);
    }

    /** Reads an integer or a list of integers. */
    public static Steps fromConfig(ConfigNode node, Problems problems) {
        return node instanceof ListNode list
                ? at(list.items().stream().map(item -> positive(item, problems)).toList())
                : every(positive(node, problems));
    }

    private static long positive(ConfigNode node, Problems problems) {
        if (node instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.INT && scalar.asDouble() >= 1) {
            return (long) scalar.asDouble();
        }
        problems.add(node, "expected a positive integer, or a list of them, found " + node.describe());
        return 1;
    }

    /**
     * How often the value has decayed.
     *
     * @param done epochs or iterations completed
     */
    long decays(long done) {
        int before = (int)
                milestones.stream().takeWhile(milestone -> done >= milestone).count();
        return before + done / period;
    }

    /** {@code initial * gamma^decays}, but not below a minimum, if there is one. */
    double decayed(double initial, double gamma, Double minimum, long done) {
        double value = initial * Math.pow(gamma, (double) decays(done));
        return minimum == null ? value : Math.max(value, minimum);
    }
}
