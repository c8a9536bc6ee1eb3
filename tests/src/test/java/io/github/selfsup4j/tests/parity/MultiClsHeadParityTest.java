package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.plugins.classification.ClassificationHead;
import io.github.selfsup4j.registry.ComponentScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers on several stages of a ResNet, in training. */
class MultiClsHeadParityTest {
    private static final Path CASE = ReferenceCase.folder("multi_cls_head");

    @TempDir
    Path folder;

    @Test
    void scoresLossesAndAccuraciesEqualTheReference() throws IOException {
        JsonNode reference =
                new ObjectMapper().readTree(CASE.resolve("multi_cls_head.json").toFile());
        Map<String, HostTensor> arrays = Npz.read(CASE.resolve("multi_cls_head.npz"));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            ClassificationHead head = head(reference.get("config"), manager);
            NDList features = new NDList();
            for (int stage : new int[] {0, 2, 4}) {
                features.add(array(arrays.get("feat_" + stage), manager));
            }
            NDList scores = head.scores(features, Pass.training(manager, Draws.from(RandomStream.of(0))));
            assertEquals(3, scores.size());
            for (int i = 0; i < scores.size(); i++) {
                assertArrayEquals(
                        arrays.get("score_" + i).toFloats(), scores.get(i).toFloatArray(), 1e-4f);
            }
            NDArray label = manager.create(arrays.get("label").toLongs());
            Map<String, NDArray> losses = head.losses(scores, label).values();
            assertEquals(
                    List.of("loss.1", "acc.1", "loss.2", "acc.2", "loss.3", "acc.3"), List.copyOf(losses.keySet()));
            losses.forEach((name, value) -> ReferenceCase.assertClose(
                    reference.get("losses").get(name).asDouble(), value.getFloat(), 1e-5, name));
        }
    }

    private ClassificationHead head(JsonNode config, NDManager manager) throws IOException {
        Path file = Files.writeString(folder.resolve("head.json"), "{\"head\": " + config + "}");
        Problems problems = new Problems();
        MapNode root = ConfigReader.read(file, List.of(), Map.of(), problems).root();
        ComponentPlan plan = new Planner(ComponentScanner.scan(List.of()), problems)
                .plan(root.get("head").orElseThrow(), ClassificationHead.class)
                .orElseThrow();
        Kernels kernels = new Kernels(manager, Precision.FP32);
        ClassificationHead head = new ComponentFactory(
                        binder -> binder.bind(Kernels.class).toInstance(kernels))
                .build(plan, ClassificationHead.class);
        head.layer().initialize(manager);
        StateLoader.loadStrictly(head, StateDicts.load(CASE.resolve("multi_cls_head_weights.pth")), CASE.toString());
        return head;
    }

    private static NDArray array(HostTensor tensor, NDManager manager) {
        return manager.create(tensor.toFloats(), new Shape(tensor.shape()));
    }
}
