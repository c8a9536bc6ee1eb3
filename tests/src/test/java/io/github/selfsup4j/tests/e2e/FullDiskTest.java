package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.torch.PthFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that take no more, by a limit of the system on the size of files: writing beyond it fails as on a full disk, in
 * the middle of a file, for any user.
 */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
    }

    /** Trains where no file can become larger than a number of KiB. */
    private Selfsup.Result trainWithLimit(int limit, String options) throws IOException, InterruptedException {
        String train =
                Selfsup.root().resolve("tools/selfsup") + " train small.yaml --work-dir run --device cpu " + options;
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "(ulimit -f " + limit + " && exec " + train
                                + ") 2>stderr.txt | cat >stdout.txt; exit ${PIPESTATUS[0]}")
                .directory(folder.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        return new Selfsup.Result(
                process.exitValue(),
                Files.readString(folder.resolve("stdout.txt")),
                Files.readString(folder.resolve("stderr.txt")));
    }

    private static long warnings(String out, String text) {
        return out.lines()
                .filter(line -> line.contains("WARNING") && line.contains(text))
                .count();
    }

    @Test
    void aRunKeepsTrainingAndThePreviousCheckpointAndEndsAsFailed() throws IOException, InterruptedException {
        Selfsup.run(
                        folder,
                        "train",
                        "small.yaml",
                        "--work-dir",
                        "run",
                        "--device",
                        "cpu",
                        "--cfg-options",
                        "runner.max_epochs=1")
                .succeeded();
        TrainedRun run = new TrainedRun(folder.resolve("run"));
        List<Path> before = List.copyOf(run.checkpoints().values());
        Selfsup.Result result = trainWithLimit(
                        64, "--auto-resume --cfg-options runner.max_epochs=2 checkpoint_config.max_keep_ckpts=1")
                .failedWith(1);
        assertEquals(5, warnings(result.out(), "can't write checkpoint run/iter_"), result.out());
        assertTrue(
                result.out()
                        .contains(
                                "File too large; training goes on, the next try is that of the next checkpoint, until then run/latest.pth is the last one"),
                result.out());
        assertTrue(result.out().contains("Epoch [2][10/10]"), result.out());
        assertTrue(
                result.err()
                        .startsWith(
                                "the last checkpoint was not saved: can't write checkpoint run/iter_20.pth: File too large"),
                result.err());
        assertEquals(before, List.copyOf(run.checkpoints().values()));
        assertEquals(List.of(), run.halfWritten());
        assertEquals(10, PthFile.read(folder.resolve("run/latest.pth")).asLong("meta", "iter"));
        assertTrue(run.log().contains("ERROR - the last checkpoint was not saved"), run.log());
    }

    @Test
    void logsThatCannotBeWrittenDoNotEndARun() throws IOException, InterruptedException {
        Selfsup.Result result = trainWithLimit(
                        1,
                        "--cfg-options checkpoint_config=null log_config.hooks=[{type: TextLoggerHook}, {type: TensorboardLoggerHook}]"
                                .replace("[", "'[")
                                .replace("]", "]'"))
                .succeeded();
        assertTrue(result.out().contains("Epoch [2][10/10]"), result.out());
        for (String log : List.of(".log: File too large", ".log.json: File too large", "events.out.tfevents")) {
            assertTrue(warnings(result.out(), log) >= 1, log + " in " + result.out());
        }
    }
}
