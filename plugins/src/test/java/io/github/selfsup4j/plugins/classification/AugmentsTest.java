package io.github.selfsup4j.plugins.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentsTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void sharesOfLabelsAreSharesOfPixels() throws IOException {
        Augments augments = read(
                "[{type: BatchCutMix, alpha: 1.0, num_classes: 8, prob: 0.5}, {type: BatchMixup, alpha: 0.8, num_classes: 8, prob: 0.5}]",
                new Problems());
        for (int step = 0; step < 40; step++) {
            Augments.Mixed mixed = augments.apply(images(), labels(), pass(step), kernels);
            float[] shares = mixed.label().toFloatArray();
            float[] pixels = mixed.images().toFloatArray();
            for (int image = 0; image < 8; image++) {
                double mean = 0;
                for (int i = 0; i < 3 * 16 * 16; i++) {
                    mean += pixels[image * 3 * 16 * 16 + i] / (3 * 16 * 16);
                }
                double expected = 0;
                double sum = 0;
                for (int label = 0; label < 8; label++) {
                    expected += label * shares[image * 8 + label];
                    sum += shares[image * 8 + label];
                }
                assertEquals(1, sum, 1e-5);
                assertEquals(expected, mean, 1e-4, "every pixel of an image is its label");
            }
        }
    }

    @Test
    void whatIsLeftOfTheProbabilitiesLeavesBatchesAlone() throws IOException {
        Augments augments = read("{type: BatchMixup, alpha: 0.8, num_classes: 8, prob: 0.25}", new Problems());
        int untouched = 0;
        for (int step = 0; step < 400; step++) {
            untouched += augments.apply(images(), labels(), pass(step), kernels)
                                    .label()
                                    .getShape()
                                    .dimension()
                            == 1
                    ? 1
                    : 0;
        }
        assertEquals(300, untouched, 40);
    }

    @Test
    void tellsUnknownKindsAndTooLargeProbabilities() throws IOException {
        Problems problems = new Problems();
        read(
                "[{type: BatchMixUp, alpha: 0.8}, {type: BatchMixup, alpha: 1, num_classes: 8, prob: 0.7}, {type: BatchCutMix, alpha: 1, num_classes: 8, prob: 0.7}]",
                problems);
        assertEquals(2, problems.all().size());
        assertTrue(
                problems.all()
                        .get(0)
                        .toString()
                        .contains("unknown augment 'BatchMixUp'; expected one of [BatchCutMix, BatchMixup, Identity]"),
                problems.all().get(0).toString());
        assertTrue(
                problems.all().get(1).toString().contains("sum up to 1.4"),
                problems.all().get(1).toString());
    }

    private Pass pass(long step) {
        return Pass.training(manager, Draws.from(RandomStream.of(3, step)));
    }

    /** Eight images, every pixel of each its number. */
    private NDArray images() {
        return manager.arange(8f)
                .reshape(8, 1, 1, 1)
                .broadcast(new Shape(8, 3, 16, 16))
                .duplicate();
    }

    private NDArray labels() {
        return manager.create(new long[] {0, 1, 2, 3, 4, 5, 6, 7});
    }

    private Augments read(String yaml, Problems problems) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "augments: " + yaml);
        ConfigNode node = ConfigReader.read(file, List.of(), Map.of(), new Problems())
                .root()
                .get("augments")
                .orElseThrow();
        return Augments.fromConfig(node, problems);
    }
}
