package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class SoakTest {
    @TempDir
    Path folder;

    @Test
    void memoryStaysFlatOverFiveHundredIterations() throws IOException, InterruptedException {
        SmallExperiment.in(folder);
        Selfsup.run(folder, "train", "small.yaml", "--work-dir", "soak", "--device", "cpu", "--cfg-options",
                "runner.max_epochs=60", "log_config.interval=10", "checkpoint_config.interval=100").succeeded();
        List<Double> memory = residentMegabytes(folder.resolve("soak"));
        assertTrue(memory.size() >= 60, () -> "only " + memory);
        double early = median(memory.subList(9, 15));
        double late = median(memory.subList(memory.size() - 6, memory.size()));
        assertTrue(late < 1.05 * early, () -> "resident memory in MB, every ten iterations: " + memory);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static List<Double> residentMegabytes(Path workDir) throws IOException {
        List<Double> memory = new ArrayList<>();
        try (Stream<Path> files = Files.list(workDir)) {
            Path log = files.filter(file -> file.toString().endsWith(".log.json")).findFirst().orElseThrow();
            for (String line : Files.readAllLines(log)) {
                JsonNode node = new ObjectMapper().readTree(line);
                if (node.has("memory")) {
                    memory.add(node.get("memory").asDouble());
                }
            }
        }
        return memory;
    }
}
