package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has changed since a checkpoint was written, and which checkpoint it is. */
class ResumeTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainOneEpoch() throws IOException {
        SmallExperiment.in(shared);
        call(shared, List.of(), "runner.max_epochs=1").succeeded();
    }

    @BeforeEach
    void copyTheRun() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        for (Path checkpoint : new TrainedRun(shared.resolve("run")).files(".*\\.pth")) {
            Files.copy(
                    checkpoint,
                    folder.resolve("run").resolve(checkpoint.getFileName()),
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Within this process, whose folder is another one. */
    private static Selfsup.Result call(Path folder, List<String> options, String... config) {
        List<Object> arguments = new ArrayList<>(List.of(
                "train",
                shared.resolve("small.yaml"),
                "--auto-resume",
                "--work-dir",
                folder.resolve("run"),
                "--device",
                "cpu"));
        arguments.addAll(options);
        arguments.addAll(List.of(
                "--cfg-options",
                "data.train.data_source.data_prefix=" + shared.resolve("data"),
                "checkpoint_config.interval=4"));
        arguments.addAll(List.of(config));
        return Selfsup.call(arguments.toArray());
    }

    private Selfsup.Result call(List<String> options, String... config) {
        return call(folder, options, config);
    }

    private Selfsup.Result train(String... config) {
        return call(List.of(), config);
    }

    private String log() throws IOException {
        return new TrainedRun(folder.resolve("run")).log();
    }

    @Test
    void changesThatARunCanTakeAreTold() throws IOException {
        train("runner.max_epochs=2", "optimizer.lr=1e-3", "data.workers_per_gpu=2")
                .succeeded();
        assertTrue(
                log().contains("the config has changed since " + folder.resolve("run/latest.pth") + " was written:"),
                log());
        for (String change : List.of(
                "\n  runner.max_epochs: 1 -> 2\n",
                "\n  optimizer.lr: 3.0e-3 -> 1e-3\n",
                "\n  data.workers_per_gpu: 1 -> 2\n")) {
            assertTrue(log().contains(change), change + " in " + log());
        }
    }

    @Test
    void withoutAChangeNothingIsTold() throws IOException {
        train("runner.max_epochs=1").succeeded();
        assertFalse(log().contains("has changed"), log());
    }

    @Test
    void otherParametersAreRefusedUnlessAllowed() throws IOException {
        String[] other = {"runner.max_epochs=2", "model.backbone.arch.feedforward_channels=40"};
        String err = train(other).refused();
        assertTrue(
                err.startsWith("can't resume from ")
                        && err.contains("\n  model.backbone.arch.feedforward_channels: 48 -> 40\n")
                        && err.contains("--allow-changes")
                        && err.contains("--load-from"),
                err);
        assertFalse(err.contains("max_epochs"), err);
        call(List.of("--allow-changes"), other).succeeded();
        assertTrue(
                log().contains("of another shape: backbone.layers.0.ffn")
                        && log().contains("the optimizer starts anew"),
                log());
        assertEquals(20, new TrainedRun(folder.resolve("run")).latest().asLong("meta", "iter"));
    }

    @Test
    void anotherOptimizerIsRefusedUnlessAllowed() throws IOException {
        String[] other = {"runner.max_epochs=2", "optimizer={type: SGD, lr: 0.01, _delete_: true}"};
        String err = train(other).refused();
        assertTrue(err.contains("\n  optimizer.type: AdamW -> SGD\n"), err);
        call(List.of("--allow-changes"), other).succeeded();
        assertTrue(log().contains("the optimizer starts anew: "), log());
    }

    @Test
    void anotherLengthOfTheDataIsRefusedUnlessAllowed() throws IOException {
        String err = train("runner.max_epochs=2", "data.samples_per_gpu=8").refused();
        assertTrue(err.contains("of 10 iterations each, but now an epoch has 20"), err);
        call(List.of("--allow-changes"), "runner.max_epochs=2", "data.samples_per_gpu=8")
                .succeeded();
        assertTrue(log().contains("an epoch has 20 iterations, it had 10: going on after iteration 20"), log());
        assertEquals(40, new TrainedRun(folder.resolve("run")).latest().asLong("meta", "iter"));
    }

    @Test
    void aSeedThatWasDrawnIsThatOfTheCheckpoint() throws IOException {
        long drawn = new TrainedRun(folder.resolve("run")).latest().asLong("meta", "seed");
        train("runner.max_epochs=2", "seed=null").succeeded();
        assertEquals(drawn, new TrainedRun(folder.resolve("run")).latest().asLong("meta", "seed"));
        call(List.of("--seed", "77"), "runner.max_epochs=3").succeeded();
        assertEquals(77, new TrainedRun(folder.resolve("run")).latest().asLong("meta", "seed"));
        assertNotEquals(77, drawn);
    }

    @Test
    void aDamagedCheckpointIsToldAndTheOneBeforeItTaken() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("run/iter_10.pth").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        train("runner.max_epochs=1").succeeded();
        assertTrue(
                log().contains("can't resume from a damaged checkpoint: ")
                        && log().contains("resuming from " + folder.resolve("run/iter_8.pth")),
                log());
    }

    @Test
    void aLinkThatPointsNowhereDoesNotStartTheRunAnew() throws IOException {
        Files.delete(folder.resolve("run/iter_10.pth"));
        train("runner.max_epochs=1").succeeded();
        assertTrue(log().contains("resuming from " + folder.resolve("run/iter_8.pth")), log());
        for (Path checkpoint :
                new TrainedRun(folder.resolve("run")).checkpoints().values()) {
            Files.writeString(checkpoint, "no checkpoint");
        }
        String err = train("runner.max_epochs=1").refused();
        assertTrue(err.startsWith("no checkpoint in " + folder.resolve("run") + " can be resumed from"), err);
    }
}
