package io.github.selfsup4j.plugins.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.optim.ParameterGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameter groups of MMSelfSup 0.9.1: every option of every parameter, in order, digit by digit. */
class GoldenGroupsTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/github/selfsup4j/plugins/optimizers/layer_decay");
    private static final Set<String> NO_OPTIONS = Set.of("name", "shape", "requires_grad");

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void equalsTheReference(String file) throws IOException {
        JsonNode golden =
                new ObjectMapper().readTree(FOLDER.resolve(file).toFile()).get("groups");
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        golden.forEach(group -> parameters.put(
                group.get("name").asText(),
                Model.parameter(
                        group.get("name").asText(),
                        group.get("requires_grad").asBoolean(),
                        longs(group.get("shape")))));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Optimizer optimizer = Configs.optimizer(FOLDER.resolve(file), new Kernels(manager, Precision.FP32));
            optimizer.attach(parameters);
            List<ParameterGroup> groups = optimizer.groups();
            assertEquals(golden.size(), groups.size());
            for (int i = 0; i < groups.size(); i++) {
                Map<String, Double> expected = options(golden.get(i));
                ParameterGroup group = groups.get(i);
                Map<String, Double> actual = new TreeMap<>();
                expected.keySet().forEach(option -> actual.put(option, group.option(option)));
                assertEquals(golden.get(i).get("name").asText(), group.name());
                assertEquals(expected, actual, group.name());
                assertEquals(expected.containsKey("lars_exclude"), group.has("lars_exclude"), group.name());
            }
        }
    }

    private static Map<String, Double> options(JsonNode group) {
        Map<String, Double> options = new TreeMap<>();
        group.properties().forEach(field -> {
            if (field.getKey().equals("betas")) {
                options.put("beta1", field.getValue().get(0).asDouble());
                options.put("beta2", field.getValue().get(1).asDouble());
            } else if (!NO_OPTIONS.contains(field.getKey())) {
                options.put(field.getKey(), field.getValue().asDouble());
            }
        });
        return options;
    }

    private static long[] longs(JsonNode shape) {
        return StreamSupport.stream(shape.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
