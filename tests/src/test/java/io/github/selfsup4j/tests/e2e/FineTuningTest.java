package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of pretraining becomes the backbone of a classifier. */
class FineTuningTest {
    @TempDir
    static Path folder;

    private static final String[] ONE_STEP = {
        "optimizer.lr=0",
        "lr_config=null",
        "custom_hooks=[]",
        "checkpoint_config.interval=1",
        "runner={type: IterBasedRunner, max_iters: 1, _delete_: true}"
    };

    @BeforeAll
    static void pretrain() throws IOException, InterruptedException {
        SmallExperiment.in(folder);
        Files.writeString(folder.resolve("finetune.yaml"), """
                model:
                  type: Classification
                  backbone:
                    type: MIMVisionTransformer
                    arch: {embed_dims: 24, num_layers: 2, num_heads: 3, feedforward_channels: 48}
                    img_size: 32
                    patch_size: 8
                    final_norm: false
                    init_values: 0.1
                    qkv_bias: false
                  head: {type: MAEFinetuneHead, num_classes: 10, embed_dim: 24}
                data:
                  samples_per_gpu: 16
                  train:
                    type: SingleViewDataset
                    data_source: {type: FashionMNIST, data_prefix: data}
                    pipeline: [{type: Pad, padding: 2}, {type: ToTensor}]
                optimizer: {type: AdamW, lr: 0}
                runner: {type: IterBasedRunner, max_iters: 1}
                log_config: {hooks: [{type: TextLoggerHook}]}
                checkpoint_config: {interval: 1, by_epoch: false}
                seed: 7
                """);
        run(Stream.concat(
                        Stream.of("train", "small.yaml", "--work-dir", "pretrained", "--cfg-options"),
                        Stream.of(ONE_STEP)))
                .succeeded();
        Selfsup.run(folder, "extract-backbone", "pretrained/latest.pth", "backbone.pth")
                .succeeded();
    }

    private static Selfsup.Result run(Stream<String> arguments) throws IOException, InterruptedException {
        return Selfsup.run(folder, arguments.toArray(String[]::new));
    }

    private static Selfsup.Result finetune(String workDir, String... options) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("train", "finetune.yaml", "--work-dir", workDir), Stream.of(options)));
    }

    private static void assertStartsWithTheBackbone(String workDir) throws IOException {
        Map<String, HostTensor> pretrained = StateDicts.load(folder.resolve("backbone.pth"));
        Map<String, HostTensor> started = StateDicts.load(folder.resolve(workDir + "/latest.pth"));
        started.forEach((name, tensor) -> {
            if (name.startsWith("backbone.") && !name.contains("fc_norm")) {
                assertEquals(pretrained.get(name.substring("backbone.".length())), tensor, name);
            }
        });
        assertTrue(started.containsKey("backbone.layers.1.attn.q_bias"));
    }

    @Test
    void startsFromTheCheckpointOfPretraining() throws IOException, InterruptedException {
        String out = finetune("whole", "--load-from", "pretrained/latest.pth")
                .succeeded()
                .out();
        assertStartsWithTheBackbone("whole");
        assertTrue(out.contains("missing in the file: backbone.fc_norm.weight"), out);
    }

    @Test
    void startsFromABackboneAlone() throws IOException, InterruptedException {
        finetune("alone", "--load-from", "backbone.pth").succeeded();
        assertStartsWithTheBackbone("alone");
    }

    @Test
    void startsFromWhatInitCfgNames() throws IOException, InterruptedException {
        String named =
                "model.backbone.init_cfg={type: Pretrained, checkpoint: pretrained/latest.pth, prefix: backbone.}";
        finetune("named", "--cfg-options", named).succeeded();
        assertStartsWithTheBackbone("named");
        // To test what came out of it, that file is not needed any more.
        Selfsup.run(
                        folder,
                        "test",
                        "finetune.yaml",
                        "named/latest.pth",
                        "--cfg-options",
                        named.replace("pretrained/", "gone/"),
                        "data.val=${data.train}")
                .succeeded();
    }

    @Test
    void positionsOfAnotherImageSizeAreResized() throws IOException, InterruptedException {
        finetune(
                        "larger",
                        "--load-from",
                        "pretrained/latest.pth",
                        "--cfg-options",
                        "model.backbone.img_size=40",
                        "data.train.pipeline.0.padding=6")
                .succeeded();
        assertEquals(
                26 * 24,
                StateDicts.load(folder.resolve("larger/latest.pth"))
                        .get("backbone.pos_embed")
                        .size());
    }

    /** Weights are loaded before data, so a refusal needs no process of its own. */
    private static String refused(String... options) {
        Stream<Object> command =
                Stream.of("train", folder.resolve("finetune.yaml"), "--work-dir", folder.resolve("refused"));
        return Selfsup.call(Stream.concat(command, Stream.of(options)).toArray())
                .refused();
    }

    @Test
    void aBackboneOfAnotherDepthIsRefusedWithTheNames() {
        String pretrained = folder.resolve("pretrained/latest.pth").toString();
        String deeper = refused("--load-from", pretrained, "--cfg-options", "model.backbone.arch.num_layers=3");
        assertTrue(
                deeper.contains("pretrained/latest.pth is of another backbone than the config's")
                        && deeper.contains("missing in the file:")
                        && deeper.contains("\n  backbone.layers.2.attn.qkv.weight"),
                deeper);
        String shallower = refused("--load-from", pretrained, "--cfg-options", "model.backbone.arch.num_layers=1");
        assertTrue(
                shallower.contains("in the file only:") && shallower.contains("\n  backbone.layers.1.attn.qkv.weight"),
                shallower);
    }

    @Test
    void aBackboneOfAnotherWidthIsRefusedWithTheNames() {
        String[] wider = {"--cfg-options", "model.backbone.arch.embed_dims=36", "model.head.embed_dim=36"};
        String loaded = refused(Stream.concat(
                        Stream.of(
                                "--load-from",
                                folder.resolve("pretrained/latest.pth").toString()),
                        Stream.of(wider))
                .toArray(String[]::new));
        assertTrue(
                loaded.contains("of another shape:")
                        && loaded.contains(
                                "backbone.layers.0.attn.qkv.weight ([72, 24] in the file, (108, 36) in the model)"),
                loaded);
        String initCfg =
                "model.backbone.init_cfg={type: Pretrained, checkpoint: '" + folder.resolve("backbone.pth") + "'}";
        String named =
                refused(Stream.concat(Stream.of(wider), Stream.of(initCfg)).toArray(String[]::new));
        assertTrue(
                named.contains("backbone.pth is of another backbone")
                        && named.contains("layers.0.attn.qkv.weight ([72, 24] in the file"),
                named);
    }

    @Test
    void aFolderOrNothingInPlaceOfACheckpointIsRefused() {
        String initCfg = "model.backbone.init_cfg={type: Pretrained, checkpoint: '%s'}";
        assertEquals(
                folder + " was named as init_cfg.checkpoint, but it is a folder",
                refused("--cfg-options", String.format(initCfg, folder)));
        String missing = refused("--cfg-options", String.format(initCfg, folder.resolve("none.pth")));
        assertTrue(missing.endsWith("none.pth was named as init_cfg.checkpoint, but there is no such file"), missing);
    }
}
