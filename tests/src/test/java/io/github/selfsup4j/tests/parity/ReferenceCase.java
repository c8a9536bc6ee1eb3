package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.Npz;
import io.github.selfsup4j.io.PthFile;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.tools.Main;
import io.github.selfsup4j.tools.experiment.Experiment;
import io.github.selfsup4j.tools.experiment.ModelBuilder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
        Path folder = folder(name);
        JsonNode iterations = JSON.readTree(folder.resolve("case.json").toFile()).path("iters_per_epoch");
        List<String> arguments = new ArrayList<>(List.of("trace", folder.resolve("config.json").toString(),
                "--weights", folder.resolve("weights.pth").toString(), "--inputs", folder.resolve("inputs.npz").toString(),
                "--out", out.toString(), "--steps", "3", "--iters-per-epoch", String.valueOf(iterations.asInt(3))));
        arguments.addAll(List.of(options));
        assertEquals(0, Main.run(arguments.toArray(String[]::new)));
        return new ReferenceCase(folder, out);
    }

    private static Path folder(String name) {
        return Path.of("src/test/resources/parity", name);
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
            double rounding = Math.abs(referenceLoss(step) - float64.get("step_losses").get(step).asDouble());
            assertEquals(referenceLoss(step), loss(step), 10 * rounding + relative * Math.abs(referenceLoss(step)), "loss of step " + step);
            assertClose(norms.get(step).asDouble(), losses().get(step).get("grad_norm").asDouble(), relative, "gradient norm of step " + step);
        }
    }

    /** What {@code mode='extract'} of the reference gives in evaluation mode, array by array. */
    static void assertExtractedFeatures(String name, String images, double ofLargest) throws IOException {
        inEvaluationMode(name, images, (model, array, expected) -> {
            NDList features = model.extractFeatures(array, Pass.evaluation(array.getManager()));
            assertEquals(expected.keySet().stream().filter(key -> key.startsWith("extract.")).count(), features.size(), "number of features");
            for (int i = 0; i < features.size(); i++) {
                assertResult("extract." + i, expected, features.get(i), ofLargest);
            }
        });
    }

    /** What {@code mode='test'} of the reference gives: the scores of each classifier by name. */
    static void assertScores(String name, double ofLargest) throws IOException {
        inEvaluationMode(name, "img", (model, array, expected) -> {
            Classifier classifier = (Classifier) model;
            NDList scores = classifier.scores(array, Pass.evaluation(array.getManager()));
            assertEquals(expected.keySet().stream().filter(key -> key.startsWith("test.")).count(), scores.size(), "number of classifiers");
            for (int i = 0; i < scores.size(); i++) {
                assertResult("test." + classifier.scoreNames().get(i), expected, scores.get(i), ofLargest);
            }
        });
    }

    private interface Evaluation {
        void check(Algorithm model, NDArray images, Map<String, HostTensor> expected);
    }

    private static void inEvaluationMode(String name, String images, Evaluation evaluation) throws IOException {
        Path folder = folder(name);
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(folder.resolve("config.json"), List.of(), List.of(), problems);
        problems.throwIfAny();
        HostTensor given = Npz.read(folder.resolve("inputs.npz")).get(images);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            ComponentFactory factory = new ComponentFactory(binder -> binder.bind(Kernels.class).toInstance(kernels));
            Algorithm model = ModelBuilder.build(experiment.model().orElseThrow(), factory, manager, 0);
            StateLoader.loadStrictly(model, PthFile.read(folder.resolve("weights.pth")).asTensors(), name);
            evaluation.check(model, manager.create(given.toFloats(), new Shape(given.shape())), Npz.read(folder.resolve("eval.npz")));
        }
    }

    private static void assertResult(String name, Map<String, HostTensor> expected, NDArray found, double ofLargest) {
        HostTensor reference = expected.get(name);
        assertNotNull(reference, "the reference has no " + name + " among " + expected.keySet());
        assertTensor(name, reference, StateLoader.toHost(found), ofLargest * largest(reference.toDoubles()));
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
            assertTensor(name, expected, found.get(name), isWhole(expected) ? 0 : ofLargest * largest(expected.toDoubles()));
        });
    }

    private static boolean isWhole(HostTensor tensor) {
        return switch (tensor.type()) {
            case FLOAT32, FLOAT64 -> false;
            default -> true;
        };
    }

    private void assertTensors(Map<String, HostTensor> expected, Map<String, HostTensor> found, String kind) {
        expected.forEach((name, tensor) -> {
            assertTrue(found.containsKey(name), () -> "missing " + name);
            assertTensor(name, tensor, found.get(name), isWhole(tensor) ? 0 : tolerance(float64.get(kind).get(name)));
        });
    }

    private static double tolerance(JsonNode rounding) {
        return 10 * rounding.get("max_diff").asDouble() + 1e-5 * rounding.get("max_abs").asDouble();
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
