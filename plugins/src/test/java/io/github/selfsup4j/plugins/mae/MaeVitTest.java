package io.github.selfsup4j.plugins.mae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.plugins.vit.Arch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaeVitTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final NoGradient off = new NoGradient();
    private MaeVit backbone;
    private NDArray images;

    @BeforeEach
    void build() {
        MaeVit.Config config = new MaeVit.Config();
        config.arch = new Arch();
        config.arch.embedDims = 24;
        config.arch.numLayers = 1;
        config.arch.numHeads = 2;
        config.arch.feedforwardChannels = 24;
        config.imgSize = Size.square(20);
        config.patchSize = 4;
        config.maskRatio = 0.7;
        backbone = new MaeVit(config, new Kernels(manager, Precision.FP32));
        backbone.initialize(manager);
        images = manager.randomNormal(new Shape(3, 3, 20, 20));
    }

    @AfterEach
    void close() {
        off.close();
        manager.close();
    }

    @Test
    void hidesTheSameShareOfEveryImageButNotTheSamePatches() {
        MaeVit.Encoded encoded = encode(images, 1);
        assertEquals(
                new Shape(3, 1 + 7, 24),
                encoded.latent().getShape(),
                "25 patches times 0.3, rounded down, and the class token");
        assertArrayEquals(
                new float[] {18, 18, 18}, encoded.mask().sum(new int[] {1}).toFloatArray());
        assertNotEquals(encoded.mask().get(0), encoded.mask().get(1));
    }

    @Test
    void whatIsHiddenFollowsFromTheRandomStream() {
        assertEquals(encode(images, 1).mask(), encode(images, 1).mask());
        assertNotEquals(encode(images, 1).mask(), encode(images, 2).mask());
    }

    @Test
    void idsRestoreTellThePlaceOfEveryPatchInTheShuffledOrder() {
        MaeVit.Encoded encoded = encode(images, 1);
        long[] places = encoded.idsRestore().get(0).toLongArray();
        float[] mask = encoded.mask().get(0).toFloatArray();
        for (int patch = 0; patch < places.length; patch++) {
            assertEquals(places[patch] >= 7 ? 1 : 0, mask[patch]);
        }
    }

    @Test
    void featuresAreThoseOfTheWholeImage() {
        assertEquals(
                new Shape(3, 1 + 25, 24),
                backbone.features(images, Pass.evaluation(manager))
                        .singletonOrThrow()
                        .getShape());
    }

    @Test
    void saysWhenThePipelineMakesImagesOfAnotherSize() {
        NDArray larger = manager.zeros(new Shape(1, 3, 24, 20));
        String message =
                assertThrows(ConfigException.class, () -> encode(larger, 1)).getMessage();
        assertEquals(
                "the pipeline makes images of size [24, 20], the backbone's img_size is 20; make them equal", message);
    }

    private MaeVit.Encoded encode(NDArray batch, long seed) {
        return backbone.encodeVisible(batch, Pass.training(manager, Draws.from(RandomStream.of(seed))));
    }
}
