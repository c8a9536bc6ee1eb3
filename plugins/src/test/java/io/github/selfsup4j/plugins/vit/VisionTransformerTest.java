package io.github.selfsup4j.plugins.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisionTransformerTest {
    private static final String TINY =
            "arch: {embed_dims: 8, num_layers: 3, num_heads: 2, feedforward_channels: 16}\nimg_size: 16\npatch_size: 8\n";

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void givesMapAndClassTokenOfEveryLayerAskedFor() throws IOException {
        VisionTransformer last = vit(TINY);
        assertEquals(List.of(2), last.outIndices());
        NDArray images = manager.randomNormal(new Shape(2, 3, 16, 16));
        NDList one = last.features(images, Pass.evaluation(manager));
        assertEquals(List.of(new Shape(2, 8, 2, 2), new Shape(2, 8)), List.of(one.getShapes()));

        VisionTransformer several = vit(TINY + "out_indices: [-1, 0]\n");
        last.state()
                .forEach((name, parameter) ->
                        parameter.getArray().copyTo(several.state().get(name).getArray()));
        assertEquals(List.of(0, 2), several.outIndices());
        NDList both = several.features(images, Pass.evaluation(manager));
        assertEquals(4, both.size());
        assertArrayEquals(one.get(0).toFloatArray(), both.get(2).toFloatArray());
        assertArrayEquals(one.get(1).toFloatArray(), both.get(3).toFloatArray());
        assertEquals(
                1,
                vit(TINY + "output_cls_token: false\n")
                        .features(images, Pass.evaluation(manager))
                        .size());
    }

    @Test
    void resizesPositionsForImagesOfAnotherSize() throws IOException {
        NDArray images = manager.randomNormal(new Shape(2, 3, 24, 32));
        NDList features = vit(TINY).features(images, Pass.evaluation(manager));
        assertEquals(List.of(new Shape(2, 8, 3, 4), new Shape(2, 8)), List.of(features.getShapes()));
        Exception e = assertThrows(IllegalArgumentException.class, () -> vit(TINY)
                .features(manager.ones(new Shape(1, 3, 20, 16)), Pass.evaluation(manager)));
        assertTrue(e.getMessage().contains("can't be cut into patches of 8"), e.getMessage());
    }

    @Test
    void freezesWhatTheConfigSays() throws IOException {
        VisionTransformer free = vit(TINY);
        assertTrue(trained(free, "cls_token")
                && trained(free, "patch_embed.projection.weight")
                && !trained(free, "pos_embed"));
        VisionTransformer patches = vit(TINY + "stop_grad_conv1: true\n");
        assertFalse(
                trained(patches, "patch_embed.projection.weight") || trained(patches, "patch_embed.projection.bias"));
        assertTrue(trained(patches, "cls_token"));
        VisionTransformer two = vit(TINY + "frozen_stages: 2\n");
        assertFalse(trained(two, "cls_token")
                || trained(two, "layers.1.attn.qkv.weight")
                || trained(two, "patch_embed.projection.bias"));
        assertTrue(trained(two, "layers.2.ffn.layers.1.bias") && trained(two, "ln1.weight"));
        VisionTransformer all = vit(TINY + "frozen_stages: 3\n");
        assertTrue(all.namedParameters().keySet().stream().noneMatch(name -> trained(all, name)));
    }

    @Test
    void aFrozenBackboneForMaskedImageModellingTrainsNothing() throws IOException {
        MimVisionTransformer probed = mim(TINY + "finetune: false\nfinal_norm: false\n");
        assertTrue(probed.namedParameters().keySet().stream().noneMatch(name -> trained(probed, name)));
        assertTrue(
                probed.state().containsKey("fc_norm.weight") && !probed.state().containsKey("ln1.weight"));
        assertTrue(trained(mim(TINY), "pos_embed"));
        NDArray feature = mim(TINY)
                .features(manager.ones(new Shape(2, 3, 16, 16)), Pass.evaluation(manager))
                .singletonOrThrow();
        assertEquals(new Shape(2, 8), feature.getShape());
        assertThrows(IllegalArgumentException.class, () -> mim(TINY)
                .features(manager.ones(new Shape(2, 3, 24, 16)), Pass.evaluation(manager)));
    }

    @Test
    void tellsLayersThatAreNotThere() {
        assertThrows(ConfigException.class, () -> vit(TINY + "out_indices: [3]\n"));
        assertThrows(ConfigException.class, () -> vit(TINY + "out_indices: last\n"));
        String message = assertThrows(ConfigException.class, () -> mim(TINY + "out_indices: [0, 2]\n"))
                .getMessage();
        assertTrue(message.contains("-1 or the last layer's number 2: this backbone has one output"), message);
    }

    @Test
    void anEmptyInitCfgIsNone() throws IOException {
        assertEquals(null, bind(TINY + "init_cfg: {}\n", MimVisionTransformer.Config.class).initCfg);
        String message = assertThrows(
                        ConfigException.class,
                        () -> bind(TINY + "init_cfg: {type: Pretrained}\n", MimVisionTransformer.Config.class))
                .getMessage();
        assertTrue(message.contains("missing required key 'checkpoint'"), message);
    }

    private static boolean trained(Layer layer, String name) {
        return layer.namedParameters().get(name).getArray().hasGradient();
    }

    private VisionTransformer vit(String yaml) throws IOException {
        return initialized(new VisionTransformer(bind(yaml, VisionTransformer.Config.class), kernels));
    }

    private MimVisionTransformer mim(String yaml) throws IOException {
        return initialized(new MimVisionTransformer(bind(yaml, MimVisionTransformer.Config.class), kernels));
    }

    private <T extends Layer> T initialized(T layer) {
        layer.initialize(manager);
        return layer;
    }

    private <T> T bind(String yaml, Class<T> type) throws IOException {
        Problems problems = new Problems();
        Path file = Files.writeString(folder.resolve("vit.yaml"), yaml);
        T config = ConfigBinder.bind(
                ConfigReader.read(file, List.of(), Map.of(), problems).root(), type, Set.of(), problems);
        problems.throwIfAny();
        return config;
    }
}
