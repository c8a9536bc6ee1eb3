package io.github.selfsup4j.plugins.optimizers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four steps of every optimizer against PyTorch 1.13 and MMSelfSup 0.9.1: parameters as they were after each. */
class GoldenOptimizersTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/github/selfsup4j/plugins/optimizers");
    private static final int PARAMETERS = 4;
    private static final int STEPS = 4;
    private static final double BOUND = 1e-6;

    static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(
                new ObjectMapper()
                        .readTree(FOLDER.resolve("optimizers.json").toFile())
                        .spliterator(),
                false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTheReferenceAfterEveryStep(JsonNode golden) throws IOException {
        String name = golden.get("name").asText();
        Map<String, HostTensor> values = Npz.read(FOLDER.resolve("optimizers.npz"));
        Map<String, HostTensor> start = new LinkedHashMap<>();
        for (int i = 0; i < PARAMETERS; i++) {
            start.put("param_" + i, values.get("param_" + i));
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Map<String, Parameter> parameters = Model.of(start, manager);
            Optimizer optimizer =
                    Configs.optimizer(withOptions(golden.get("optimizer")), new Kernels(manager, Precision.FP32));
            optimizer.attach(parameters);
            for (int step = 0; step < STEPS; step++) {
                try (NDManager scope = manager.newSubManager()) {
                    optimizer.step(Model.gradients(gradients(values, step), scope));
                }
                for (int i = 0; i < PARAMETERS; i++) {
                    double error = error(
                            values.get(name + "_" + i + "_after" + step),
                            parameters.get("param_" + i).getArray().toFloatArray());
                    String what = name + ", parameter " + i + ", step " + step + ": relative error " + error;
                    assertTrue(error <= BOUND, what);
                }
            }
        }
    }

    private static List<HostTensor> gradients(Map<String, HostTensor> values, int step) {
        List<HostTensor> gradients = new ArrayList<>();
        for (int i = 0; i < PARAMETERS; i++) {
            gradients.add(values.get("grad_" + i + "_step" + step));
        }
        return gradients;
    }

    /**
     * The largest relative error of an element; of one that is nearly zero beside the others, relative to a tenth of
     * the largest: what is left when numbers cancel out is rounded differently from processor to processor.
     */
    private static double error(HostTensor expected, float[] actual) {
        double[] wanted = expected.toDoubles();
        double tenth = Arrays.stream(wanted).map(Math::abs).max().orElse(0) / 10;
        double error = 0;
        for (int i = 0; i < wanted.length; i++) {
            double difference = Math.abs(wanted[i] - actual[i]);
            error = Math.max(error, difference == 0 ? 0 : difference / Math.max(tenth, Math.abs(wanted[i])));
        }
        return error;
    }

    /** {@code lars_exclude} is an option of parameter groups, and stands among the optimizer's keys in the file. */
    private static String withOptions(JsonNode config) {
        ObjectNode copy = config.deepCopy();
        JsonNode exclude = copy.remove("lars_exclude");
        if (exclude != null) {
            copy.putObject("paramwise_options").putObject(".").set("lars_exclude", exclude);
        }
        return copy.toString();
    }
}
