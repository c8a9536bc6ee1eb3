package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long runs neither grow nor slow down. */
class SoakTest {
    private static final String CONFIG = "configs/selfsup/cae/cae_vit-tiny-p4_1xb128-coslr_fashion-mnist.yaml";

    @TempDir
    Path folder;

    @Test
    void memoryStaysFlatOverSixHundredIterations() throws IOException, InterruptedException {
        SmallExperiment.in(folder);
        Selfsup.run(
                        folder,
                        "train",
                        "small.yaml",
                        "--work-dir",
                        "soak",
                        "--device",
                        "cpu",
                        "--debug",
                        "--cfg-options",
                        "runner.max_epochs=60",
                        "log_config.interval=10",
                        "checkpoint_config.interval=100")
                .succeeded();
        List<JsonNode> lines = logged();
        assertEquals(60, lines.size());
        // So short a run is still warming up.
        assertTrue(
                late(lines, "memory") < 1.05 * early(lines, "memory"),
                () -> "resident memory in MB, every ten iterations: " + values(lines, "memory"));
        assertNothingIsKept(lines);
    }

    /**
     * The tiny job with smaller batches: a look every 50 iterations, an evaluation every 500, a checkpoint every 250.
     */
    @Test
    @Tag("soak")
    void nothingGrowsOverThreeThousandIterationsOfTheTinyJob() throws IOException, InterruptedException {
        Selfsup.run(
                        folder,
                        "train",
                        Selfsup.root().resolve(CONFIG).toString(),
                        "--work-dir",
                        "soak",
                        "--device",
                        "cpu",
                        "--debug",
                        "--cfg-options",
                        "data.samples_per_gpu=32",
                        "runner.max_epochs=12",
                        "log_config.interval=50",
                        "evaluation.interval=2")
                .succeeded();
        List<JsonNode> lines = logged();
        assertEquals(60, lines.size());
        System.out.printf(
                "soak: memory %s MB, seconds %s, native arrays %s, threads %s, open files %s%n",
                values(lines, "memory"),
                values(lines, "time"),
                values(lines, "native_arrays"),
                values(lines, "threads"),
                values(lines, "open_files"));
        // The first evaluations find out how far the heap has to reach, a few MB each time.
        double settled = median(values(lines.subList(2 * lines.size() / 5, 3 * lines.size() / 5), "memory"));
        assertTrue(late(lines, "memory") < 1.02 * settled, () -> "resident memory in MB: " + values(lines, "memory"));
        assertTrue(
                late(lines, "time") < 1.05 * early(lines, "time"),
                () -> "seconds of an iteration: " + values(lines, "time"));
        assertNothingIsKept(lines);
    }

    private static void assertNothingIsKept(List<JsonNode> lines) {
        for (String name : new String[] {"native_arrays", "threads", "open_files"}) {
            assertTrue(late(lines, name) <= early(lines, name), () -> name + ": " + values(lines, name));
        }
    }

    /** The median after the first fifth, which is warm-up, up to the second. */
    private static double early(List<JsonNode> lines, String name) {
        return median(values(lines.subList(lines.size() / 5, 2 * lines.size() / 5), name));
    }

    private static double late(List<JsonNode> lines, String name) {
        return median(values(lines.subList(4 * lines.size() / 5, lines.size()), name));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static List<Double> values(List<JsonNode> lines, String name) {
        return lines.stream().map(line -> line.get(name).asDouble()).toList();
    }

    private List<JsonNode> logged() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("soak"))) {
            Path log = files.filter(file -> file.toString().endsWith(".log.json"))
                    .findFirst()
                    .orElseThrow();
            for (String line : Files.readAllLines(log)) {
                JsonNode node = new ObjectMapper().readTree(line);
                if (node.has("memory")) {
                    lines.add(node);
                }
            }
        }
        return lines;
    }
}
