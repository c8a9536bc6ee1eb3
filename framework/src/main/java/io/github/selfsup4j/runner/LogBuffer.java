package io.github.selfsup4j.runner;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values logged since the last log line, averaged over samples. Hooks put values in at normal priority;
 * loggers, of {@link Priority#VERY_LOW}, read the averages and clear it.
 */
public final class LogBuffer {
    private record Sum(double weighted, double weight) {}

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /** Adds a value that counts once. */
    public void add(String name, double value) {
        add(name, value, 1);
    }

    /** Adds a value with a weight, usually the number of samples. */
    public void add(String name, double value, double weight) {
        sums.merge(name, new Sum(value * weight, weight), (a, b) -> new Sum(a.weighted + b.weighted, a.weight + b.weight));
    }

    /** Weighted averages by name, in the order of their first value. */
    public Map<String, Double> averages() {
        Map<String, Double> averages = new LinkedHashMap<>();
        sums.forEach((name, sum) -> averages.put(name, sum.weighted / sum.weight));
        return averages;
    }

    /** Forgets everything. */
    public void clear() {
        sums.clear();
    }
}
