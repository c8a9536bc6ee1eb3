package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of a large model needs no second copy of it in memory, neither to be written nor to be read. */
class CheckpointMemoryTest {
    private static final String[] LARGE = {
        "--cfg-options",
        "model.backbone.arch.embed_dims=384",
        "model.backbone.arch.num_layers=8",
        "model.backbone.arch.num_heads=6",
        "model.backbone.arch.feedforward_channels=1536",
        "model.neck.embed_dims=384",
        "model.neck.num_heads=6",
        "checkpoint_config.interval=10",
        "evaluation=null"
    };
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void aRunWritesAndResumesCheckpointsThatAreFarLargerThanItsHeap() throws IOException, InterruptedException {
        SmallExperiment.in(folder);
        train("runner.max_epochs=1");
        assertTrue(Files.size(folder.resolve("run/latest.pth")) > 200 * MEGABYTE);
        String resumed = train("runner.max_epochs=2");
        assertTrue(
                resumed.contains("resuming from run/latest.pth") && resumed.contains("Saving checkpoint iter_20.pth"),
                resumed);
    }

    private String train(String epochs) throws IOException, InterruptedException {
        String[] arguments = {"train", "small.yaml", "--work-dir", "run", "--auto-resume", "--device", "cpu"};
        String[] all = Stream.of(arguments, LARGE, new String[] {epochs})
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        return Selfsup.runWith("-Xmx64m", folder, all).succeeded().out();
    }
}
