package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.tools.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Numbers that the reference recorded for one model, compared with what {@code trace} gives on the same weights and
 * inputs.
 *
 * <p>The tolerance of a tensor follows from how much the reference itself differs between float32 and float64: ten
 * times that, plus 1e-5 of its largest value.
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

    /**
     * Runs {@code trace} on a case of the test resources.
     *
     * @param options further ones of the command
     */
    static ReferenceCase trace(String name, Path out, String... options) throws IOException {
        return trace(folder(name), out, options);
    }

    /**
     * Runs {@code trace} on the case in a folder.
     *
     * @param options further ones of the command
     */
    static ReferenceCase trace(Path folder, Path out, String... options) throws IOException {
        JsonNode iterations =
                JSON.readTree(folder.resolve("case.json").toFile()).get("iters_per_epoch");
        int steps = JSON.readTree(folder.resolve("steps.json").toFile())
                .get("losses")
                .size();
        List<String> arguments = new ArrayList<>(List.of(
                "trace",
                folder.resolve("config.json").toString(),
                "--weights",
                folder.resolve("weights.pth").toString(),
                "--inputs",
                folder.resolve("inputs.npz").toString(),
                "--out",
                out.toString(),
                "--steps",
                String.valueOf(steps),
                "--iters-per-epoch",
                iterations.asText()));
        arguments.addAll(List.of(options));
        assertEquals(0, Main.run(arguments.toArray(String[]::new)));
        return new ReferenceCase(folder, out);
    }

    /** A case of the test resources. */
    static Path folder(String name) {
        return Path.of("src/test/resources/parity", name);
    }

    /** The total loss of a step. */
    double loss(int step) throws IOException {
        return losses().get(step).get("loss").asDouble();
    }

    /** The total loss of a step in the reference. */
    double referenceLoss(int step) throws IOException {
        return JSON.readTree(folder.resolve("steps.json").toFile())
                .get("losses")
                .get(step)
                .asDouble();
    }

    private JsonNode losses() throws IOException {
        return JSON.readTree(out.resolve("losses.json").toFile()).get("steps");
    }

    void assertFirstLosses(double relative) throws IOException {
        JSON.readTree(folder.resolve("losses.json").toFile())
                .get("entries")
                .properties()
                .forEach(entry -> {
                    try {
                        assertClose(
                                entry.getValue().asDouble(),
                                losses().get(0).get(entry.getKey()).asDouble(),
                                relative,
                                entry.getKey());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /** The loss of every iteration, and the gradient norm of every step: with accumulation there are fewer of these. */
    void assertSteps(double relative) throws IOException {
        JsonNode expected = JSON.readTree(folder.resolve("steps.json").toFile());
        assertClose(expected.get("losses"), losses().findValues("loss"), float64.get("step_losses"), relative, "loss");
        assertClose(
                expected.get("grad_norms"),
                losses().findValues("grad_norm"),
                float64.get("grad_norms"),
                relative,
                "gradient norm");
    }

    private static void assertClose(
            JsonNode expected, List<JsonNode> found, JsonNode float64, double relative, String what) {
        assertEquals(expected.size(), found.size(), "number of values: " + what);
        for (int i = 0; i < expected.size(); i++) {
            double value = expected.get(i).asDouble();
            double rounding = Math.abs(value - float64.get(i).asDouble());
            assertEquals(value, found.get(i).asDouble(), 10 * rounding + relative * Math.abs(value), what + " " + i);
        }
    }

    /** Everything that a training run of the case gives. */
    void assertAll() throws IOException {
        assertFirstLosses(1e-5);
        assertOutputs(1e-5);
        assertGradients();
        assertSteps(1e-5);
        assertWeightsAfterSteps();
    }

    /** The loss of every iteration. */
    void assertLosses(double relative) throws IOException {
        for (int step = 0; step < losses().size(); step++) {
            assertClose(referenceLoss(step), loss(step), relative, "loss of iteration " + step);
        }
    }

    /** What {@code mode='extract'} of the reference gives in evaluation mode, array by array. */
    static void assertExtractedFeatures(Path folder, String images, double ofLargest) throws IOException {
        inEvaluationMode(folder, images, (model, array, expected) -> {
            NDList features = model.extractFeatures(array, Pass.evaluation(array.getManager()));
            assertEquals(
                    expected.keySet().stream()
                            .filter(key -> key.startsWith("extract."))
                            .count(),
                    features.size(),
                    "number of features");
            for (int i = 0; i < features.size(); i++) {
                assertResult("extract." + i, expected, features.get(i), ofLargest);
            }
        });
    }

    /** What {@code mode='test'} of the reference gives: the scores of each classifier by name. */
    static void assertScores(Path folder, double ofLargest) throws IOException {
        inEvaluationMode(folder, "img", (model, array, expected) -> {
            Classifier classifier = (Classifier) model;
            NDList scores = classifier.scores(array, Pass.evaluation(array.getManager()));
            assertEquals(
                    expected.keySet().stream()
                            .filter(key -> key.startsWith("test."))
                            .count(),
                    scores.size(),
                    "number of classifiers");
            for (int i = 0; i < scores.size(); i++) {
                assertResult("test." + classifier.scoreNames().get(i), expected, scores.get(i), ofLargest);
            }
        });
    }

    private interface Evaluation {
        void check(Algorithm model, NDArray images, Map<String, HostTensor> expected);
    }

    private static void inEvaluationMode(Path folder, String images, Evaluation evaluation) throws IOException {
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(folder.resolve("config.json"), List.of(), List.of(), problems);
        problems.throwIfAny();
        HostTensor given = Npz.read(folder.resolve("inputs.npz")).get(images);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            ComponentFactory factory =
                    new ComponentFactory(binder -> binder.bind(Kernels.class).toInstance(kernels));
            Algorithm model = ModelBuilder.build(experiment.model().orElseThrow(), factory, manager, 0);
            StateLoader.loadStrictly(
                    model, PthFile.read(folder.resolve("weights.pth")).asTensors(), folder.toString());
            evaluation.check(
                    model,
                    manager.create(given.toFloats(), new Shape(given.shape())),
                    Npz.read(folder.resolve("eval.npz")));
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
        assertTensors(
                Npz.read(folder.resolve("steps.npz")),
                PthFile.read(out.resolve("weights.pth")).asTensors(),
                "steps");
    }

    /** Every recorded intermediate result; whole numbers, such as token ids, must be equal. */
    void assertOutputs(double ofLargest) throws IOException {
        Map<String, HostTensor> found = Npz.read(out.resolve("outputs.npz"));
        Npz.read(folder.resolve("outputs.npz")).forEach((name, expected) -> {
            assertTrue(found.containsKey(name), () -> "no output " + name + " among " + found.keySet());
            assertTensor(
                    name, expected, found.get(name), isWhole(expected) ? 0 : ofLargest * largest(expected.toDoubles()));
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
            assertTensor(
                    name,
                    tensor,
                    found.get(name),
                    isWhole(tensor) ? 0 : tolerance(float64.get(kind).get(name)));
        });
    }

    private static double tolerance(JsonNode rounding) {
        return 10 * rounding.get("max_diff").asDouble()
                + 1e-5 * rounding.get("max_abs").asDouble();
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
