package io.github.selfsup4j.tools.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A benchmark's result for people and for programs.
 *
 * @param part what was measured: {@code step}, {@code data} or {@code tokenizer}
 * @param batchSize images in a batch
 * @param environment what it was measured on, in one line
 */
public record BenchmarkReport(String part, int batchSize, Timings timings, String environment) {

    /**
     * Writes {@code images_per_second}, {@code seconds} of a step and of each of its parts, {@code peak_mb}, and what
     * was measured.
     */
    public void writeJson(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode()
                .put("part", part)
                .put("batch_size", batchSize)
                .put("images_per_second", timings.imagesPerSecond())
                .put("seconds", timings.seconds());
        timings.parts().forEach(node::put);
        node.put(
                        "peak_mb",
                        timings.peakMegabytes().isPresent()
                                ? timings.peakMegabytes().getAsLong()
                                : null)
                .put("environment", environment);
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), node);
    }

    /** The same as a table of lines. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        line(table, "images/s", "%.2f", timings.imagesPerSecond());
        line(table, "seconds", "%.4f", timings.seconds());
        timings.parts().forEach((name, value) -> line(table, "  " + name, "%.4f", value));
        timings.peakMegabytes().ifPresent(peak -> line(table, "peak MB", "%.0f", (double) peak));
        return table.append(part)
                .append(", batches of ")
                .append(batchSize)
                .append(", ")
                .append(environment)
                .toString();
    }

    private static void line(StringBuilder table, String name, String format, double value) {
        table.append(String.format(Locale.ROOT, "%-14s%10s%n", name, String.format(Locale.ROOT, format, value)));
    }
}
