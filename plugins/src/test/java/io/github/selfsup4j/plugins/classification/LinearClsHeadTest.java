package io.github.selfsup4j.plugins.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.imaging.Goldens;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearClsHeadTest {
    private static final Map<String, HostTensor> SCORES = Goldens.load(LinearClsHeadTest.class, "label_smooth.npz");

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void smoothedLabelsGiveTheReferencesLosses() throws IOException {
        NDArray scores = array("score");
        NDArray label = manager.create(SCORES.get("label").toLongs());
        for (JsonNode golden : new ObjectMapper().readTree(getClass().getResource("label_smooth.json"))) {
            LinearClsHead head = head("num_classes: 6\nin_channels: 4\nloss: {type: LabelSmoothLoss, label_smooth_val: "
                    + golden.get("label_smooth_val") + ", mode: "
                    + golden.get("mode").asText() + "}");
            String name = golden.toString().toLowerCase(Locale.ROOT);
            assertEquals(golden.get("loss_index_labels").asDouble(), loss(head, scores, label), 1e-6, name);
            assertEquals(
                    golden.get("loss_soft_labels").asDouble(), loss(head, scores, array("soft_label")), 1e-6, name);
            if (golden.get("mode").asText().equals("original")) {
                MaeFinetuneHead.Config config = new MaeFinetuneHead.Config();
                config.embedDim = 4;
                config.labelSmoothVal = golden.get("label_smooth_val").asDouble();
                assertEquals(
                        golden.get("loss_index_labels").asDouble(),
                        new MaeFinetuneHead(config, kernels)
                                .losses(new NDList(scores), label)
                                .total()
                                .getFloat(),
                        1e-6,
                        name);
            }
        }
    }

    @Test
    void lossesAreWeighted() throws IOException {
        NDArray label = manager.create(SCORES.get("label").toLongs());
        double plain = loss(head("num_classes: 6\nin_channels: 4"), array("score"), label);
        assertEquals(
                3 * plain,
                loss(
                        head("num_classes: 6\nin_channels: 4\nloss: {type: mmcls.CrossEntropyLoss, loss_weight: 3}"),
                        array("score"),
                        label),
                1e-5);
    }

    @Test
    void accuracyCountsTheHighestScores() throws IOException {
        LinearClsHead head = head("num_classes: 3\nin_channels: 4\ncal_acc: true\ntopk: [1, 2]");
        NDArray scores = manager.create(new float[] {3, 2, 1, 1, 2, 3, 2, 3, 1, 2, 1, 3}, new Shape(4, 3));
        Losses losses = head.losses(new NDList(scores), manager.create(new long[] {0, 1, 2, 2}));
        assertEquals(
                List.of("loss", "top-1", "top-2"), List.copyOf(losses.values().keySet()));
        assertEquals(50, losses.values().get("top-1").getFloat());
        assertEquals(75, losses.values().get("top-2").getFloat());
    }

    @Test
    void classifiesTheLastOfTheOutputs() throws IOException {
        LinearClsHead head = head("num_classes: 3\nin_channels: 4");
        head.initialize(manager);
        Pass pass = Pass.evaluation(manager);
        assertEquals(List.of("fc.weight", "fc.bias"), List.copyOf(head.state().keySet()));
        assertEquals(
                new Shape(2, 3),
                head.scores(new NDList(manager.ones(new Shape(2, 4, 7, 7)), manager.ones(new Shape(2, 4))), pass)
                        .get(0)
                        .getShape());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> head.scores(new NDList(manager.ones(new Shape(2, 4, 7, 7))), pass))
                .getMessage();
        assertTrue(message.startsWith("LinearClsHead takes one vector an image"), message);
    }

    @Test
    void tellsLossesThatCantBe() {
        for (String wrong : List.of(
                "{type: FocalLoss}",
                "{type: LabelSmoothLoss}",
                "{type: LabelSmoothLoss, label_smooth_val: 1}",
                "{type: CrossEntropyLoss, label_smooth_val: 0.1}",
                "{type: LabelSmoothLoss, label_smooth_val: 0.1, mode: multi}")) {
            assertThrows(RuntimeException.class, () -> head("num_classes: 3\nin_channels: 4\nloss: " + wrong), wrong);
        }
    }

    private static double loss(LinearClsHead head, NDArray scores, NDArray label) {
        return head.losses(new NDList(scores), label).total().getFloat();
    }

    private NDArray array(String name) {
        return manager.create(
                SCORES.get(name).toFloats(), new Shape(SCORES.get(name).shape()));
    }

    private LinearClsHead head(String yaml) throws IOException {
        Problems problems = new Problems();
        Path file = Files.writeString(folder.resolve("head.yaml"), yaml);
        LinearClsHead.Config config = ConfigBinder.bind(
                ConfigReader.read(file, List.of(), Map.of(), problems).root(),
                LinearClsHead.Config.class,
                Set.of(),
                problems);
        problems.throwIfAny();
        return new LinearClsHead(config, kernels);
    }
}
