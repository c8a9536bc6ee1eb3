package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose numbers go wrong, of themselves or because of some pictures. */
class InvalidNumbersTest {
    private static final String POISONED = """
            _base_: small.yaml
            model:
              _delete_: true
              type: MAE
              backbone: {type: MAEViT, arch: {embed_dims: 24, num_layers: 1, num_heads: 3, feedforward_channels: 48}, img_size: 32, patch_size: 8}
              neck: {type: MAEPretrainDecoder, num_patches: 16, patch_size: 8, embed_dim: 24, decoder_embed_dim: 24, decoder_depth: 1, decoder_num_heads: 3}
              head: {type: MAEPretrainHead, norm_pix: true, patch_size: 8}
            data:
              train: {pipeline: [{type: Pad, padding: 2}, {type: ToTensor}, {type: PoisonedPictures, fraction: 0.015}]}
            runner: {max_epochs: 3}
            checkpoint_config: {interval: 5}
            log_config: {interval: 1}
            custom_hooks: [{type: EMAHook, momentum: 0.1}, {type: CheckInvalidLossHook, interval: 4, on_invalid: rollback, max_rollbacks: 20}]
            """;

    private static final String DIVERGING = "lr_config={_delete_: true, policy: step, step: 1, gamma: 1.0e+30}";

    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
        Files.writeString(folder.resolve("poisoned.yaml"), POISONED);
    }

    private Selfsup.Result train(String config, String workDir, String... options)
            throws IOException, InterruptedException {
        return Selfsup.run(
                folder,
                Stream.concat(Stream.of("train", config, "--work-dir", workDir, "--device", "cpu"), Stream.of(options))
                        .toArray(String[]::new));
    }

    private Selfsup.Result trainPoisoned(String workDir, String... options) throws IOException, InterruptedException {
        String[] plugIn = {
            "--plugins", Path.of("target/test-classes").toAbsolutePath().toString()
        };
        return train(
                "poisoned.yaml",
                workDir,
                Stream.concat(Stream.of(plugIn), Stream.of(options)).toArray(String[]::new));
    }

    private static void assertFinite(Path checkpoint) throws IOException {
        PthFile.read(checkpoint)
                .asTensors("state_dict")
                .forEach((name, weights) -> assertTrue(weights.isFinite(), checkpoint + " " + name));
    }

    @Test
    void aRunThatDivergesStopsAtTheNextCheckAndTellsAllAboutItLeavingGoodCheckpoints()
            throws IOException, InterruptedException {
        Selfsup.Result result = train(
                        "small.yaml",
                        "run",
                        "--cfg-options",
                        DIVERGING,
                        "optimizer_config.grad_clip=null",
                        "runner.max_epochs=3",
                        "custom_hooks=[{type: CheckInvalidLossHook, interval: 6}]")
                .failedWith(1);
        assertTrue(
                result.err()
                        .matches(
                                "(?s)the loss is (NaN|-?Infinity) at iteration 1[1-3] \\(epoch 2, learning rate 3.000e\\+27\\).*"),
                result.err());
        for (String part : List.of(
                "losses until then: ",
                "not finite: ",
                "parameters and buffers: backbone.",
                "batch of iteration 12: ",
                "train-images-idx3-ubyte",
                "lower learning rate",
                "grad_clip",
                "fp32",
                "The last good checkpoint is run/iter_1")) {
            assertTrue(result.err().contains(part), "no '" + part + "' in " + result.err());
        }
        TrainedRun run = new TrainedRun(folder.resolve("run"));
        assertTrue(run.log().contains("ERROR - the loss is "), run.log());
        assertTrue(run.checkpoints().lastKey() >= 10 && run.checkpoints().lastKey() <= 12);
        for (Path checkpoint : run.checkpoints().values()) {
            assertFinite(checkpoint);
        }
        assertFinite(folder.resolve("run/latest.pth"));
    }

    @Test
    void withoutACheckACheckpointThatIsNotFiniteReplacesNoneAndStopsTheRun() throws IOException, InterruptedException {
        Selfsup.Result result = train(
                        "small.yaml",
                        "run",
                        "--cfg-options",
                        DIVERGING,
                        "runner.max_epochs=4",
                        "checkpoint_config.interval=5")
                .failedWith(1);
        assertTrue(
                result.out().contains("iter_15.pth was not written: ")
                        && result.out().contains("not finite"),
                result.out());
        assertTrue(
                result.err().startsWith("the loss is ") || result.err().startsWith("the norm of the gradients is "),
                result.err());
        TrainedRun run = new TrainedRun(folder.resolve("run"));
        assertEquals(List.of(5L, 10L), List.copyOf(run.checkpoints().keySet()));
        assertFinite(folder.resolve("run/latest.pth"));
    }

    @Test
    void aRunRollsBackAndGoesOnWithoutTheBatchesThatDidIt() throws IOException, InterruptedException {
        Selfsup.Result whole = trainPoisoned("whole").succeeded();
        assertTrue(
                whole.out().contains("Rolling back, for the 1. time of at most 20")
                        && whole.out().contains("batch left out"),
                whole.out());
        TrainedRun run = new TrainedRun(folder.resolve("whole"));
        assertEquals(30, run.latest().asLong("meta", "iter"));
        for (HostTensor weights : run.weights().values()) {
            assertTrue(weights.isFinite());
        }
        long times = run.latest().asLong("meta", "states", "roll_backs", "count");
        assertTrue(times >= 2, "only " + times);
        trainPoisoned("rest", "--resume-from", "whole/iter_" + run.checkpoints().firstKey() + ".pth")
                .succeeded();
        assertEquals(run.weights(), new TrainedRun(folder.resolve("rest")).weights());
    }

    @Test
    void aRunThatRolledBackOftenEnoughStops() throws IOException, InterruptedException {
        Selfsup.Result result = trainPoisoned("run", "--cfg-options", "custom_hooks.1.max_rollbacks=1")
                .failedWith(1);
        assertTrue(
                result.err().startsWith("the loss is NaN at iteration ")
                        && result.err().contains("It rolled back 1 times already."),
                result.err());
        assertFalse(result.err().contains("\tat "));
        assertFinite(folder.resolve("run/latest.pth"));
    }
}
