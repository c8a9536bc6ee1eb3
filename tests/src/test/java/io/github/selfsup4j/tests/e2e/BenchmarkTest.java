package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkTest {
    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void writeExperiment() throws IOException {
        config = SmallExperiment.in(folder);
    }

    private Selfsup.Result benchmark(String part, int batchSize, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(
                "benchmark", config, "--part", part, "--batch-size", batchSize, "--iters", 3, "--device", "cpu"));
        arguments.addAll(List.of(options));
        return Selfsup.call(arguments.toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"step|data forward backward optimizer", "data|data", "tokenizer|tokenizer"})
    void givesTimesAndMemoryAsATableAndAsJson(String part, String parts) throws IOException {
        Path json = folder.resolve("results/" + part + ".json");
        String table = benchmark(
                        part,
                        4,
                        "--json",
                        json,
                        "--cfg-options",
                        "data.train.data_source.data_prefix=" + folder.resolve("data"))
                .succeeded()
                .out();

        JsonNode numbers = new ObjectMapper().readTree(json.toFile());
        assertEquals(part, numbers.get("part").asText());
        double seconds = numbers.get("seconds").asDouble();
        assertTrue(seconds > 0 && numbers.get("peak_mb").asDouble() > 10, numbers::toString);
        assertEquals(
                numbers.get("batch_size").asInt() / seconds,
                numbers.get("images_per_second").asDouble(),
                1e-9 / seconds);
        for (String name : parts.split(" ")) {
            assertTrue(
                    numbers.get(name).asDouble() > 0 && table.contains("\n  " + name + " "),
                    () -> name + " in\n" + numbers + "\n" + table);
        }
        assertTrue(
                table.startsWith("images/s ") && table.contains("\nseconds ") && table.contains("\npeak MB "), table);
    }

    @Test
    void measuresOnRandomImagesWhereTheConfigsOwnAreNotThere() {
        Selfsup.Result result = benchmark(
                        "tokenizer",
                        2,
                        "--cfg-options",
                        "data.train.data_source.data_prefix=nowhere",
                        "data.train.pipeline.0={type: Resize, size: [28, 28]}")
                .succeeded();
        assertTrue(result.err().startsWith("measuring on random images: "), result.err());
        assertTrue(result.out().contains("tokenizer, batches of 2"), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "data", "tokenizer"})
    void refusesABatchThatIsLargerThanTheDataset(String part) {
        String err = benchmark(
                        part, 161, "--cfg-options", "data.train.data_source.data_prefix=" + folder.resolve("data"))
                .refused();
        assertEquals(
                "the data has 160 images, which is not even one batch of 161; use a --batch-size of 160 or less", err);
    }
}
