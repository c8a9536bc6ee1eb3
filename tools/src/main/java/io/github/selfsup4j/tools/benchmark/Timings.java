package io.github.selfsup4j.tools.benchmark;

import ai.djl.Device;
import io.github.selfsup4j.runner.UsedMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What was measured.
 *
 * @param imagesPerSecond images a second
 * @param seconds of a step
 * @param parts seconds of the parts of a step, by name
 * @param peakMegabytes most memory taken, see {@link UsedMemory}; empty where the system does not tell
 */
public record Timings(double imagesPerSecond, double seconds, Map<String, Double> parts, OptionalLong peakMegabytes) {

    /**
     * Medians over steps.
     *
     * @param steps seconds of the parts of each, by name
     */
    static Timings ofMedian(List<Map<String, Double>> steps, int batchSize, Device device) {
        Map<String, Double> parts = new LinkedHashMap<>();
        steps.get(0)
                .keySet()
                .forEach(name -> parts.put(name, median(steps.stream().map(step -> step.get(name)))));
        double seconds = median(steps.stream()
                .map(step ->
                        step.values().stream().mapToDouble(Double::doubleValue).sum()));
        return new Timings(batchSize / seconds, seconds, parts, UsedMemory.peakMegabytes(device));
    }

    /** The mean over steps of one part, of which some wait and others don't. */
    static Timings ofThroughput(String part, List<Double> steps, int batchSize, Device device) {
        double mean = steps.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return new Timings(batchSize / mean, mean, Map.of(part, mean), UsedMemory.peakMegabytes(device));
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
