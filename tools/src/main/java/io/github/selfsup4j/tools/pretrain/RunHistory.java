package io.github.selfsup4j.tools.pretrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the logs of a run tell, those of its beginning and of those that went on with it. Later ones count.
 *
 * @param training losses and learning rates by epochs done, such as 2.5
 * @param scores top-1 accuracies of kNN in per cent by epochs done
 */
record RunHistory(TreeMap<Double, Point> training, TreeMap<Double, Double> scores) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCORE = "knn_top1";

    /**
     * A line of the log: means since the line before.
     *
     * @param seconds of an iteration
     */
    record Point(double loss, double lr, double seconds) {}

    /**
     * Reads the logs of a run's folder.
     *
     * @param iterations of an epoch
     */
    static RunHistory read(Path run, int iterations) throws IOException {
        RunHistory history = new RunHistory(new TreeMap<>(), new TreeMap<>());
        try (Stream<Path> files = Files.list(run)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log.json"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(log)) {
                    parsed(line).ifPresent(values -> history.add(values, iterations));
                }
            }
        }
        return history;
    }

    /** Empty for a line that was cut off. */
    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }

    private void add(JsonNode line, int iterations) {
        if (line.path("mode").asText().equals("train")) {
            double epochs = line.get("epoch").asInt() - 1 + line.get("iter").asDouble() / iterations;
            training.put(
                    epochs,
                    new Point(
                            line.path("loss").asDouble(),
                            line.path("lr").asDouble(),
                            line.path("time").asDouble()));
        } else if (line.has(SCORE)) {
            scores.put(line.get("epoch").asDouble(), line.get(SCORE).asDouble());
        }
    }

    /** Seconds of an iteration, as the middle one of the log has it. */
    double secondsOfAnIteration() {
        List<Double> sorted =
                training.values().stream().map(Point::seconds).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
