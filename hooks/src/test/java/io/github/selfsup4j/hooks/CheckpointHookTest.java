package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;

import io.github.selfsup4j.runner.CheckpointNotSavedException;
import io.github.selfsup4j.runner.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointHookTest {
    @TempDir
    Path folder;

    private RunContext run;
    private final CheckpointHook.Config config = new CheckpointHook.Config();

    @BeforeEach
    void startRun() {
        run = Runs.in(folder);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void train(int fromEpoch, int toEpoch) {
        train(new CheckpointHook(config), fromEpoch, toEpoch);
    }

    private void train(CheckpointHook hook, int fromEpoch, int toEpoch) {
        hook.beforeRun(run);
        for (int epoch = fromEpoch; epoch < toEpoch; epoch++) {
            for (int i = 0; i < Runs.PER_EPOCH; i++) {
                hook.afterTrainIter(Runs.at(run, (long) epoch * Runs.PER_EPOCH + i), Runs.step(1));
            }
            hook.afterTrainEpoch(Runs.atEndOfEpoch(run, epoch));
        }
    }

    @Test
    void savesEveryFewEpochsAndAtTheEnd() throws IOException {
        config.interval = 4;
        train(0, Runs.EPOCHS);
        assertEquals(Set.of("epoch_4.pth", "epoch_8.pth", "epoch_10.pth", "latest.pth"), names(folder));
    }

    @Test
    void savesOnlyTheEndByDefault() throws IOException {
        train(0, Runs.EPOCHS);
        assertEquals(Set.of("epoch_10.pth", "latest.pth"), names(folder));
    }

    @Test
    void savesNothingIfToldSo() throws IOException {
        config.saveLast = false;
        train(0, Runs.EPOCHS);
        assertEquals(Set.of(), names(folder));
    }

    @Test
    void countsIterationsInARunThatDoes() throws IOException {
        doReturn(false).when(run).countsEpochs();
        config.interval = 30;
        train(0, Runs.EPOCHS);
        assertEquals(Set.of("iter_30.pth", "iter_60.pth", "iter_70.pth", "latest.pth"), names(folder));
    }

    @Test
    void latestPointsAtTheNewest() throws IOException {
        config.interval = 1;
        train(0, 3);
        Path latest = folder.resolve("latest.pth");
        assertTrue(Files.isSymbolicLink(latest));
        assertEquals(Path.of("epoch_3.pth"), Files.readSymbolicLink(latest));
    }

    @Test
    void keepsTheNewestOnly() throws IOException {
        config.interval = 3;
        config.maxKeepCkpts = 2;
        train(0, Runs.EPOCHS);
        assertEquals(Set.of("epoch_9.pth", "epoch_10.pth", "latest.pth"), names(folder));
    }

    @Test
    void deletesOldOnesOfTheRunThatItResumes() throws IOException {
        config.interval = 1;
        config.maxKeepCkpts = 2;
        train(0, 5);
        train(5, 6);
        assertEquals(Set.of("epoch_5.pth", "epoch_6.pth", "latest.pth"), names(folder));
    }

    @Test
    void neverDeletesTheCheckpointJustWrittenNorForeignFiles() throws IOException {
        for (String name : Set.of(
                "epoch_50.pth",
                "epoch_51.pth",
                "epoch_01.pth",
                "best_top1_epoch_1.pth",
                "epoch_1.pth.bak",
                "epoch_x.pth")) {
            Files.writeString(folder.resolve(name), name);
        }
        config.interval = 1;
        config.maxKeepCkpts = 1;
        train(0, 3);
        assertEquals(
                Set.of(
                        "epoch_3.pth",
                        "latest.pth",
                        "epoch_50.pth",
                        "epoch_51.pth",
                        "epoch_01.pth",
                        "best_top1_epoch_1.pth",
                        "epoch_1.pth.bak",
                        "epoch_x.pth"),
                names(folder));
        assertEquals("epoch_3.pth", Files.readString(folder.resolve("latest.pth")));
    }

    @Test
    void whenTheNewOneCannotBeWrittenTrainingGoesOnWithTheOldOneAndTheNextTryCounts() throws IOException {
        config.interval = 1;
        config.maxKeepCkpts = 1;
        CheckpointHook hook = new CheckpointHook(config);
        train(hook, 0, 2);
        doThrow(new CheckpointNotSavedException("disk full", null)).when(run).saveCheckpoint(any(), anyBoolean());
        train(hook, 2, 3);
        assertEquals(Set.of("epoch_2.pth", "latest.pth"), names(folder));
        assertEquals("epoch_2.pth", Files.readString(folder.resolve("latest.pth")));
        verify(run.log()).warn(contains("disk full; training goes on"));
        doAnswer(call -> Files.writeString(call.<Path>getArgument(0), "whole"))
                .when(run)
                .saveCheckpoint(any(), anyBoolean());
        train(hook, 3, 4);
        assertEquals(Set.of("epoch_4.pth", "latest.pth"), names(folder));
        hook.afterRun(run);
    }

    @Test
    void aRunWithoutItsLastCheckpointFails() {
        config.interval = 1;
        CheckpointHook hook = new CheckpointHook(config);
        doThrow(new CheckpointNotSavedException("disk full", null)).when(run).saveCheckpoint(any(), anyBoolean());
        train(hook, 0, Runs.EPOCHS);
        Exception e = assertThrows(IllegalStateException.class, () -> hook.afterRun(run));
        assertEquals("the last checkpoint was not saved: disk full", e.getMessage());
    }

    @Test
    void deletesWhatAnInterruptedStartSavedInTheMiddleOfAnEpoch() throws IOException {
        Files.writeString(folder.resolve("iter_10.pth"), "interrupted");
        Files.writeString(folder.resolve("iter_50.pth"), "another run's");
        config.interval = 1;
        config.maxKeepCkpts = 1;
        train(1, 3);
        assertEquals(Set.of("epoch_3.pth", "iter_50.pth", "latest.pth"), names(folder));
    }

    @Test
    void clearsItsFolderOfWhatAKilledRunLeft() throws IOException {
        Files.writeString(folder.resolve(".epoch_3.pth.1-2-3.tmp"), "half");
        train(0, 1);
        assertEquals(Set.of(), names(folder));
    }

    @Test
    void writesToAFolderOfTheRunsNameElsewhere() throws IOException {
        Path work = Files.createDirectory(folder.resolve("my_run"));
        run = Runs.in(work);
        config.interval = 5;
        config.outDir = folder.resolve("store").toString();
        config.saveOptimizer = false;
        config.createSymlink = false;
        config.filenameTmpl = "after_{}_epochs.pth";
        train(0, 5);
        Path expected = folder.resolve("store/my_run/after_5_epochs.pth");
        verify(run).saveCheckpoint(eq(expected), eq(false));
        assertEquals(Set.of("after_5_epochs.pth"), names(expected.getParent()));
    }
}
