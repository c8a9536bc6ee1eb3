package io.github.selfsup4j.script;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.model.Network;
import io.github.selfsup4j.nn.EncoderLayer;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardScriptTest {
    private static final int DIM = 8;

    @TempDir
    Path folder;

    /**
     * Two layers of different kernels, one of them with numbers for names, and an array that is or is not made in a
     * kernel.
     */
    private static final class Tower extends Layer implements Network {
        private final List<EncoderLayer> layers;
        private final LayerNorm norm;

        Tower(Kernels kernels) {
            layers = children("layers", List.of(layer(kernels, 2), layer(kernels, 4)));
            norm = child("norm", new LayerNorm(kernels, DIM, 1e-5));
        }

        private static EncoderLayer layer(Kernels kernels, int heads) {
            return new EncoderLayer(kernels, new EncoderLayer.Shape(DIM, heads, 16, true, 0.5, 0, 0, 0.5, 1e-6));
        }

        NDList forward(NDArray x, Pass pass) {
            NDArray first = layers.get(0).forward(x, pass);
            return new NDList(first, norm.forward(layers.get(1).forward(first, pass)));
        }
    }

    @Test
    void plainDjlRunsWhatWasWrittenOnAnyBatch() throws Exception {
        ForwardTape tape = new ForwardTape();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32, tape);
            Tower tower = new Tower(kernels);
            tower.initialize(manager);
            NDArray x = manager.randomNormal(new Shape(2, 5, DIM));
            NDList outputs = tower.forward(x, Pass.evaluation(manager));
            new ForwardScript("Tower", tower, kernels, tape, x, outputs)
                    .write(folder.resolve("tower.pt"), Map.of("note.txt", "hello"));

            NDArray other = manager.randomNormal(new Shape(7, 3, DIM));
            NDList expected = tower.forward(other, Pass.evaluation(manager));
            try (Model model = Model.newInstance("tower", "PyTorch")) {
                model.load(folder, "tower");
                NDList found = model.newPredictor(new NoopTranslator()).predict(new NDList(other));
                assertEquals(2, found.size());
                for (int i = 0; i < 2; i++) {
                    assertArrayEquals(
                            expected.get(i).toFloatArray(), found.get(i).toFloatArray(), 1e-6f);
                }
            }
        }
    }

    @Test
    void refusesWhatWasComputedOutsideKernels() {
        ForwardTape tape = new ForwardTape();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32, tape);
            Tower tower = new Tower(kernels);
            tower.initialize(manager);
            NDArray x = manager.randomNormal(new Shape(2, 5, DIM));
            NDList outputs = tower.forward(x.mul(2), Pass.evaluation(manager));
            ConfigException refused = assertThrows(
                    ConfigException.class, () -> new ForwardScript("Tower", tower, kernels, tape, x, outputs));
            assertTrue(
                    refused.getMessage()
                            .contains(
                                    "Tower can't be written as TorchScript: an argument of encoder_layer.encoder_layer comes out of no kernel"),
                    refused.getMessage());
        }
    }
}
