package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.Npz;
import io.github.selfsup4j.io.PthFile;
import io.github.selfsup4j.tools.Main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Numbers that the reference recorded for one model, compared with what {@code trace} gives on the same
 * weights and inputs.
 *
 * <p>The tolerance of a tensor follows from how much the reference itself differs between float32 and
 * float64: ten times that, plus 1e-5 of its largest value.
 */
final class ReferenceCase {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path out;
    private final JsonNode float64;

    private ReferenceCase(Path folder, Path out) throws IOException {
        this.folder = folder;
        this.out = out;
        this.float64 = JSON.readTree(folder.resolve("float64.json").toFile());
    }

    /** Runs {@code trace} on a case of the test resources. @param options further ones of the command */
    static ReferenceCase trace(String name, Path out, String... options) throws IOException {
        Path folder = Path.of("src/test/resources/parity", name);
        JsonNode iterations = JSON.readTree(folder.resolve("case.json").toFile()).path("iters_per_epoch");
        List<String> arguments = new ArrayList<>(List.of("trace", folder.resolve("config.json").toString(),
                "--weights", folder.resolve("weights.pth").toString(), "--inputs", folder.resolve("inputs.npz").toString(),
                "--out", out.toString(), "--steps", "3", "--iters-per-epoch", String.valueOf(iterations.asInt(3))));
        arguments.addAll(List.of(options));
        assertEquals(0, Main.run(arguments.toArray(String[]::new)));
        return new ReferenceCase(folder, out);
    }

    /** The total loss of a step. */
    double loss(int step) throws IOException {
        return losses().get(step).get("loss").asDouble();
    }

    /** The total loss of a step in the reference. */
    double referenceLoss(int step) throws IOException {
        return JSON.readTree(folder.resolve("steps.json").toFile()).get("losses").get(step).asDouble();
    }

    private JsonNode losses() throws IOException {
        return JSON.readTree(out.resolve("losses.json").toFile()).get("steps");
    }

    void assertFirstLosses(double relative) throws IOException {
        JSON.readTree(folder.resolve("losses.json").toFile()).get("entries").fields().forEachRemaining(entry -> {
            try {
                assertClose(entry.getValue().asDouble(), losses().get(0).get(entry.getKey()).asDouble(), relative, entry.getKey());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    void assertSteps(double relative) throws IOException {
        JsonNode norms = JSON.readTree(folder.resolve("steps.json").toFile()).get("grad_norms");
        for (int step = 0; step < 3; step++) {
            assertClose(referenceLoss(step), loss(step), relative, "loss of step " + step);
            assertClose(norms.get(step).asDouble(), losses().get(step).get("grad_norm").asDouble(), relative, "gradient norm of step " + step);
        }
    }

    void assertGradients() throws IOException {
        Map<String, HostTensor> expected = Npz.read(folder.resolve("grads.npz"));
        Map<String, HostTensor> found = Npz.read(out.resolve("grads.npz"));
        assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(found.keySet()), "parameters with a gradient");
        assertTensors(expected, found, "grads");
    }

    void assertWeightsAfterSteps() throws IOException {
        assertTensors(Npz.read(folder.resolve("steps.npz")), PthFile.read(out.resolve("weights.pth")).asTensors(), "steps");
    }

    /** Every recorded intermediate result; whole numbers, such as token ids, must be equal. */
    void assertOutputs(double ofLargest) throws IOException {
        Map<String, HostTensor> found = Npz.read(out.resolve("outputs.npz"));
        Npz.read(folder.resolve("outputs.npz")).forEach((name, expected) -> {
            assertTrue(found.containsKey(name), () -> "no output " + name + " among " + found.keySet());
            boolean whole = switch (expected.type()) {
                case FLOAT32, FLOAT64 -> false;
                default -> true;
            };
            assertTensor(name, expected, found.get(name), whole ? 0 : ofLargest * largest(expected.toDoubles()));
        });
    }

    private void assertTensors(Map<String, HostTensor> expected, Map<String, HostTensor> found, String kind) {
        expected.forEach((name, tensor) -> {
            assertTrue(found.containsKey(name), () -> "missing " + name);
            JsonNode rounding = float64.get(kind).get(name);
            assertTensor(name, tensor, found.get(name), 10 * rounding.get("max_diff").asDouble() + 1e-5 * rounding.get("max_abs").asDouble());
        });
    }

    private static void assertTensor(String name, HostTensor expected, HostTensor found, double tolerance) {
        assertArrayEquals(expected.shape(), found.shape(), name + ": shape");
        assertArrayEquals(expected.toDoubles(), found.toDoubles(), tolerance, name);
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    static void assertClose(double expected, double found, double relative, String what) {
        assertEquals(expected, found, relative * Math.abs(expected), what);
    }
}
