package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run left in its work directory.
 *
 * @param folder the work directory
 */
record TrainedRun(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CLOCK_AND_MEMORY = Set.of("time", "data_time", "memory");

    /** Files whose names match, in order. */
    List<Path> files(String pattern) throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    /** Files that are written and not whole yet, or were when the process was killed. */
    List<Path> halfWritten() throws IOException {
        return files("\\..*\\.tmp");
    }

    /** Checkpoints of iterations, by number. */
    TreeMap<Long, Path> checkpoints() throws IOException {
        TreeMap<Long, Path> checkpoints = new TreeMap<>();
        files("iter_\\d+\\.pth")
                .forEach(file -> checkpoints.put(
                        Long.parseLong(file.getFileName().toString().replaceAll("\\D", "")), file));
        return checkpoints;
    }

    Tree latest() throws IOException {
        return PthFile.read(folder.resolve("latest.pth"));
    }

    Map<String, HostTensor> weights() throws IOException {
        return latest().asTensors("state_dict");
    }

    /** The text logs of all starts. */
    String log() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files("\\d.*\\.log")) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }

    /**
     * Training lines of all starts by place in the run, without times and memory. Iterations that were done again after
     * a kill have lines in two files, which must be equal.
     */
    Map<String, JsonNode> logged() throws IOException {
        Map<String, JsonNode> lines = new TreeMap<>();
        for (Path file : files(".*\\.log\\.json")) {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = parse(line);
                if (node.has("loss")) {
                    JsonNode kept = ((ObjectNode) node).remove(CLOCK_AND_MEMORY);
                    JsonNode before = lines.put(
                            String.format(
                                    "%04d/%04d",
                                    node.get("epoch").asInt(), node.get("iter").asInt()),
                            kept);
                    assertEquals(before == null ? kept : before, kept, "logged twice, but not the same");
                }
            }
        }
        return lines;
    }

    private static JsonNode parse(String line) throws JsonProcessingException {
        return JSON.readTree(line);
    }
}
