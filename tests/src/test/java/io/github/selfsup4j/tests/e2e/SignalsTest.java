package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a run does when it is asked to end. */
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {
    private static final int SIGINT = 2;
    private static final String STATUS = "/proc/self/status";

    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
    }

    /** A run that trains, and would for long. */
    private Process training() throws IOException, InterruptedException {
        Process process = Selfsup.start(
                folder,
                "train",
                "small.yaml",
                "--work-dir",
                "run",
                "--device",
                "cpu",
                "--cfg-options",
                "runner.max_epochs=10000",
                "checkpoint_config.interval=1000000");
        for (int wait = 0; wait < 2400 && process.isAlive() && !out().contains("Epoch [2]"); wait++) {
            Thread.sleep(50);
        }
        return process;
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("stdout.txt"));
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private void assertSaves(String signal, int exitCode) throws IOException, InterruptedException {
        Process process = training();
        send(signal, process);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "still running");
        assertEquals(exitCode, process.exitValue());
        TrainedRun run = new TrainedRun(folder.resolve("run"));
        long iteration = run.latest().asLong("meta", "iter");
        String err = Files.readString(folder.resolve("stderr.txt"));
        assertTrue(
                err.contains("interrupted after iteration " + iteration + "; saved as run/iter_" + iteration
                        + ".pth, --auto-resume goes on from there"),
                err);
        assertTrue(out().contains("SIG" + signal + ": ending after this iteration"), out());
        Selfsup.Result rest = Selfsup.run(
                        folder,
                        "train",
                        "small.yaml",
                        "--work-dir",
                        "run",
                        "--auto-resume",
                        "--device",
                        "cpu",
                        "--cfg-options",
                        "runner={type: IterBasedRunner, max_iters: " + (iteration + 5) + ", _delete_: true}")
                .succeeded();
        assertEquals(iteration + 5, run.latest().asLong("meta", "iter"), rest.out());
    }

    @Test
    void sigtermFinishesTheIterationAndSaves() throws IOException, InterruptedException {
        assertSaves("TERM", 143);
    }

    /** A shell that starts something in the background lets it ignore Ctrl-C, and so does whatever that starts. */
    private static boolean ctrlCIsIgnored() throws IOException {
        if (Files.notExists(Path.of(STATUS))) {
            return false;
        }
        String ignored = Files.readAllLines(Path.of(STATUS)).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(ignored.replaceAll(".*\\s", ""), 16) >> (SIGINT - 1) & 1) == 1;
    }

    @Test
    void ctrlCFinishesTheIterationAndSaves() throws IOException, InterruptedException {
        assumeTrue(!ctrlCIsIgnored(), "SIGINT is ignored by this process and all that it starts");
        assertSaves("INT", 130);
    }

    @Test
    void whoAsksTwiceDoesNotWait() throws IOException, InterruptedException {
        Process process = training();
        send("TERM", process);
        send("TERM", process);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
        assertEquals(143, process.exitValue());
    }
}
