package io.github.selfsup4j.hooks.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;

import io.github.selfsup4j.hooks.Runs;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

class TextLoggerHookTest {
    @TempDir
    Path folder;

    private Path work;
    private RunContext run;
    private final TextLoggerHook.Config config = new TextLoggerHook.Config();
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void startRun() throws IOException {
        work = Files.createDirectory(folder.resolve("my_run"));
        run = Runs.in(work);
        RunLog log = Mockito.mock(RunLog.class);
        doAnswer(call -> lines.add(call.getArgument(0))).when(log).info(any());
        doReturn(log).when(run).log();
    }

    /** Iterations of 0.5 s whose loss is their number. */
    private TextLoggerHook train(int from, int to) {
        TextLoggerHook hook = new TextLoggerHook(config);
        hook.beforeRun(Runs.at(run, from));
        for (int i = from; i < to; i++) {
            Runs.at(run, i);
            if (i % Runs.PER_EPOCH == 0) {
                hook.beforeTrainEpoch(run);
            }
            run.values().add("data_time", 0.25);
            run.values().add("main", i, 4);
            run.values().add("loss", i + 0.5, 4);
            run.values().add("grad_norm", 2, 4);
            run.values().add("time", 0.5);
            hook.afterTrainIter(run, Runs.step(i));
        }
        return hook;
    }

    private List<String> json() throws IOException {
        return Files.readAllLines(work.resolve("20260102_030405.log.json")).stream()
                .map(line -> line.replaceAll("\"memory\": \\d+", "\"memory\": 99"))
                .toList();
    }

    private static String withoutMemory(String line) {
        return line.replaceAll("memory: \\d+", "memory: 99");
    }

    @Test
    void aTrainingLineIsMmcvs() {
        config.interval = 3;
        train(0, 3);
        assertEquals(
                List.of("Epoch [1][3/7]\tlr: 1.500e-03, eta: 0:00:33, time: 0.500, data_time: 0.250, memory: 99, "
                        + "main: 1.0000, loss: 1.5000, grad_norm: 2.0000"),
                lines.stream().map(TextLoggerHookTest::withoutMemory).toList());
    }

    @Test
    void theJsonFileIsMmcvs() throws IOException {
        config.interval = 3;
        train(7, 10);
        assertEquals(
                List.of(
                        "{\"env_info\": \"CPU\", \"config\": \"model: {}\\n\", \"seed\": 7, \"exp_name\": \"cae_tiny\"}",
                        "{\"mode\": \"train\", \"epoch\": 2, \"iter\": 3, \"lr\": 0.0015, \"memory\": 99, \"data_time\": 0.25, "
                                + "\"main\": 8.0, \"loss\": 8.5, \"grad_norm\": 2.0, \"time\": 0.5}"),
                json());
    }

    @Test
    void anIterationIsLoggedBeforeACheckpointOfItIsWrittenAndOnlyOnce() throws IOException {
        config.interval = 2;
        TextLoggerHook hook = train(0, 1);
        hook.beforeCheckpoint(run);
        assertEquals(1, json().size());
        hook.beforeTrainIter(Runs.at(run, 1));
        run.values().add("loss", 4);
        hook.beforeCheckpoint(run);
        assertEquals(2, json().size());
        hook.afterTrainIter(run, Runs.step(4));
        hook.beforeCheckpoint(run);
        assertEquals(2, json().size());
    }

    @Test
    void linesOfIterationsInARunThatCountsThem() throws IOException {
        doReturn(false).when(run).countsEpochs();
        config.interval = 5;
        train(0, 10);
        assertEquals(
                List.of("Iter [5/70]", "Iter [10/70]"),
                lines.stream().map(line -> line.split("\t")[0]).toList());
        assertTrue(json().get(2).startsWith("{\"mode\": \"train\", \"epoch\": 2, \"iter\": 10, "), json().get(2));
    }

    @Test
    void intervalsBeginWithAnEpochAndItsRestIsIgnored() {
        config.interval = 3;
        train(0, 14);
        assertEquals(
                List.of("Epoch [1][3/7]", "Epoch [1][6/7]", "Epoch [2][3/7]", "Epoch [2][6/7]"),
                lines.stream().map(line -> line.split("\t")[0]).toList());
        assertTrue(lines.get(2).contains("main: 8.0000"), "only of this epoch: " + lines.get(2));
    }

    @Test
    void theRestOfAnEpochIsLoggedIfAskedFor() {
        config.interval = 5;
        config.ignoreLast = false;
        train(0, 7);
        assertEquals(
                List.of("Epoch [1][5/7]", "Exp name: cae_tiny", "Epoch [1][7/7]"),
                lines.stream().map(line -> line.split("\t")[0]).toList());
        assertTrue(lines.get(2).contains("main: 4.0000"), "averages the last 5: " + lines.get(2));
    }

    @Test
    void etaComesFromTheIterationsOfThisRun() {
        config.interval = 1;
        train(60, 62);
        assertTrue(lines.get(1).contains("eta: 0:00:04"), lines.get(1));
    }

    @Test
    void withoutATimerThereIsNoTimeInALine() {
        TextLoggerHook hook = new TextLoggerHook(config);
        hook.beforeRun(run);
        run.values().add("loss", 1);
        hook.afterTrainIter(Runs.at(run, 2), Runs.step(1));
        config.interval = 3;
        hook.afterTrainIter(run, Runs.step(1));
        assertEquals(List.of("Epoch [1][3/7]\tlr: 1.500e-03, loss: 1.0000"), lines);
    }

    @Test
    void scoresHaveALineOfTheirOwn() throws IOException {
        TextLoggerHook hook = new TextLoggerHook(config);
        hook.beforeRun(run);
        hook.afterEvaluation(run, new Evaluation(0, 0, 16, Map.of("knn_top1", 58.123456)));
        assertEquals(List.of("Epoch(val) [0][16]\tknn_top1: 58.1235"), lines);
        assertEquals(
                "{\"mode\": \"val\", \"epoch\": 0, \"iter\": 16, \"lr\": 0.0015, \"knn_top1\": 58.12346}",
                json().get(1));
    }

    @Test
    void copiesLogsElsewhereAtTheEnd() throws IOException {
        config.outDir = folder.resolve("store").toString();
        config.keepLocal = false;
        TextLoggerHook hook = train(0, 1);
        Files.createDirectory(work.resolve("sub"));
        for (String name : List.of("run.log", "sub/config.yaml", "epoch_1.pth")) {
            Files.writeString(work.resolve(name), name);
        }
        hook.afterRun(run);
        assertEquals("sub/config.yaml", Files.readString(folder.resolve("store/my_run/sub/config.yaml")));
        assertTrue(Files.exists(folder.resolve("store/my_run/20260102_030405.log.json")));
        assertFalse(Files.exists(work.resolve("run.log")));
        assertTrue(Files.exists(work.resolve("epoch_1.pth")));
    }
}
