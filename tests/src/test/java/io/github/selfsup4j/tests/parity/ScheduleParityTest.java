package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.tools.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code selfsup schedule} gives what the reference trained with, iteration by iteration; the numbers are those of the
 * hooks' tests.
 */
class ScheduleParityTest {
    private static final Path GOLDEN = Path.of("../hooks/src/test/resources/io/github/selfsup4j/hooks/schedule/golden");
    private static final double RELATIVE = 1e-9;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<String> schedules() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void theCommandGivesTheNumbersOfTheReference(String name) throws IOException {
        JsonNode golden = JSON.readTree(GOLDEN.resolve(name).toFile());
        Path config = folder.resolve(name);
        JSON.writeValue(config.toFile(), config(golden));
        Path result = folder.resolve("numbers.json");
        assertEquals(
                0,
                Main.run(
                        "schedule",
                        config.toString(),
                        "--iters-per-epoch",
                        golden.get("iters_per_epoch").asText(),
                        "--json",
                        result.toString()));
        JsonNode numbers = JSON.readTree(result.toFile());
        assertClose(golden.get("lr"), numbers.get("lr"), "lr");
        assertClose(golden.get("momentum"), numbers.get("momentum"), "momentum");
    }

    /** The second parameter group is that of some parameters with a learning rate of their own. */
    private static ObjectNode config(JsonNode golden) {
        ObjectNode config = JSON.createObjectNode();
        config.set("lr_config", golden.get("lr_config"));
        config.set("momentum_config", golden.get("momentum_config"));
        config.putObject("runner")
                .put("type", "EpochBasedRunner")
                .put("max_epochs", golden.get("max_epochs").asInt());
        ObjectNode optimizer = golden.get("optimizer").deepCopy();
        optimizer.set("lr", golden.get("param_group_lr").get(0));
        optimizer
                .putObject("paramwise_options")
                .putObject("second")
                .set("lr", golden.get("param_group_lr").get(1));
        config.set("optimizer", optimizer);
        return config;
    }

    private static void assertClose(JsonNode expected, JsonNode actual, String quantity) {
        assertEquals(expected.size(), actual.size(), quantity);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).size(), actual.get(i).size(), quantity + " at iteration " + i);
            for (int group = 0; group < expected.get(i).size(); group++) {
                double value = expected.get(i).get(group).asDouble();
                assertEquals(
                        value,
                        actual.get(i).get(group).asDouble(),
                        RELATIVE * Math.abs(value),
                        quantity + " of group " + group + " at iteration " + i);
            }
        }
    }
}
