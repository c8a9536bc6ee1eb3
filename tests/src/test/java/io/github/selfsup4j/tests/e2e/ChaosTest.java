package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again, at any moment, ends as if nothing had happened. */
class ChaosTest {
    private static final int KILLS = 25;
    private static final int KEPT = 2;
    private static final int STARTING_MS = 2500;
    private static final int TRAINING_MS = 120;
    private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(2);

    @TempDir
    Path folder;

    private TrainedRun whole;
    private TrainedRun killed;
    private boolean saved;
    private final Random random = new Random(7);

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
        whole = new TrainedRun(folder.resolve("whole"));
        killed = new TrainedRun(folder.resolve("killed"));
    }

    private static String[] arguments(String workDir, int kept) {
        return new String[] {
            "train",
            "small.yaml",
            "--auto-resume",
            "--work-dir",
            workDir,
            "--device",
            "cpu",
            "--cfg-options",
            "runner.max_epochs=16",
            "checkpoint_config={interval: 1, by_epoch: false, max_keep_ckpts: " + kept + "}",
            "log_config.interval=3"
        };
    }

    @Test
    void aRunKilledTwentyFiveTimesEqualsAnUninterruptedOneBitForBit() throws IOException, InterruptedException {
        Selfsup.run(folder, arguments("whole", -1)).succeeded();
        int duringWriting = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = Selfsup.start(folder, arguments("killed", KEPT));
            waitForTheMoment(kill, process);
            assertTrue(process.isAlive(), "not killed, it ended: " + Files.readString(folder.resolve("stderr.txt")));
            kill(process);
            duringWriting += killed.halfWritten().isEmpty() ? 0 : 1;
            assertEveryCheckpointIsThatOfTheWholeRun();
        }
        assertTrue(duringWriting >= 5, "only " + duringWriting + " kills came while a checkpoint was written");
        assertFalse(killed.checkpoints().isEmpty());
        Selfsup.run(folder, arguments("killed", KEPT)).succeeded();
        assertEquals(whole.weights(), killed.weights());
        assertEquals(whole.latest().at("optimizer"), killed.latest().at("optimizer"));
        assertEquals(whole.logged(), killed.logged());
        assertEquals(List.of(), killed.halfWritten());
        assertEquals(KEPT, killed.checkpoints().size());
    }

    /**
     * Three kinds of moments in turn: at any time, soon after training began, and when a checkpoint is being written.
     */
    private void waitForTheMoment(int kill, Process process) throws IOException, InterruptedException {
        if (kill % 5 == 0) {
            Thread.sleep(random.nextInt(STARTING_MS));
            return;
        }
        long newest = newest();
        int further = 1 + random.nextInt(3);
        waitUntil(process, () -> newest() >= newest + further);
        if (kill % 5 < 3) {
            Thread.sleep(random.nextInt(TRAINING_MS));
        } else {
            waitUntil(process, () -> !killed.halfWritten().isEmpty());
        }
    }

    private interface Moment {
        boolean hasCome() throws IOException;
    }

    private static void waitUntil(Process process, Moment moment) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        while (process.isAlive() && !moment.hasCome()) {
            assertTrue(System.currentTimeMillis() < end, "no progress");
            Thread.sleep(1);
        }
    }

    private long newest() throws IOException {
        TreeMap<Long, Path> checkpoints = killed.checkpoints();
        return checkpoints.isEmpty() ? 0 : checkpoints.lastKey();
    }

    private static void kill(Process process) throws InterruptedException {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly().waitFor();
    }

    private void assertEveryCheckpointIsThatOfTheWholeRun() throws IOException {
        TreeMap<Long, Path> expected = whole.checkpoints();
        for (Map.Entry<Long, Path> checkpoint : killed.checkpoints().entrySet()) {
            Tree found = PthFile.read(checkpoint.getValue());
            Tree wanted = PthFile.read(expected.get(checkpoint.getKey()));
            assertEquals(wanted.asTensors("state_dict"), found.asTensors("state_dict"), checkpoint.toString());
            assertEquals(wanted.at("optimizer"), found.at("optimizer"), checkpoint.toString());
        }
        Path latest = killed.folder().resolve("latest.pth");
        assertTrue(
                !saved || killed.latest().asLong("meta", "iter") > 0, "there was a checkpoint, and now there is none");
        saved = Files.exists(latest);
    }
}
