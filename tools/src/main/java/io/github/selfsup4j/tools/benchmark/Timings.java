package io.github.selfsup4j.tools.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured.
 *
 * @param imagesPerSecond images a second
 * @param seconds of a step and of its parts, by name
 * @param peakMegabytes largest resident memory of the process; NaN where the system does not tell
 */
public record Timings(double imagesPerSecond, Map<String, Double> seconds, double peakMegabytes) {

    /** Medians over steps. */
    static Timings ofMedian(List<Map<String, Double>> steps, int batchSize) {
        Map<String, Double> medians = new LinkedHashMap<>();
        steps.get(0).keySet().forEach(name -> medians.put(name, steps.stream().mapToDouble(step -> step.get(name)).sorted().toArray()[steps.size() / 2]));
        return new Timings(batchSize / medians.get("seconds"), medians, peakResidentMegabytes());
    }

    /** The mean over steps, of which some wait and others don't. */
    static Timings ofThroughput(List<Map<String, Double>> steps, int batchSize) {
        double mean = steps.stream().mapToDouble(step -> step.get("seconds")).average().orElseThrow();
        return new Timings(batchSize / mean, Map.of("seconds", mean), peakResidentMegabytes());
    }

    private static double peakResidentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(Double.NaN);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }
}
