package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.runner.Checkpoint;
import io.github.selfsup4j.runner.RunContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmaHookTest {
    @TempDir
    Path folder;

    private NDManager manager;
    private Kernels kernels;
    private Parameter weight;
    private RunContext run;
    private final EmaHook.Config config = new EmaHook.Config();

    @BeforeEach
    void startRun() {
        manager = NDManager.newBaseManager("PyTorch");
        kernels = new Kernels(manager, Precision.FP32);
        weight = Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.OTHER)
                .build();
        weight.setArray(manager.create(new float[] {1, 2}));
        weight.getArray().setRequiresGradient(true);
        Algorithm model = mock(Algorithm.class);
        when(model.namedParameters()).thenReturn(Map.of("weight", weight));
        run = Runs.in(folder);
        doReturn(model).when(run).model();
        doReturn(manager).when(run).manager();
    }

    @AfterEach
    void endRun() {
        manager.close();
    }

    private float[] weights() {
        return weight.getArray().toFloatArray();
    }

    /** What an optimizer's step does. */
    private void setWeights(float... values) {
        try (NoGradient off = new NoGradient();
                NDArray array = manager.create(values)) {
            array.copyTo(weight.getArray());
        }
    }

    private EmaHook started() {
        EmaHook hook = new EmaHook(config, kernels);
        hook.beforeRun(run);
        return hook;
    }

    @Test
    void betweenEpochsTheModelHoldsTheAverages() {
        config.momentum = 0.25;
        config.warmUp = 1;
        EmaHook hook = started();
        hook.beforeTrainEpoch(run);
        setWeights(5, 6);
        hook.afterTrainIter(Runs.at(run, 0), Runs.step(1));
        setWeights(9, 10);
        hook.afterTrainIter(Runs.at(run, 1), Runs.step(1));
        assertArrayEquals(new float[] {9, 10}, weights());
        hook.afterTrainEpoch(run);
        // 1 -> 0.75 * 1 + 0.25 * 5 = 2 -> 0.75 * 2 + 0.25 * 9
        assertArrayEquals(new float[] {3.75f, 4.75f}, weights());
        hook.beforeTrainEpoch(run);
        assertArrayEquals(new float[] {9, 10}, weights());
    }

    @Test
    void theMomentumWarmsUpAndIsRaisedToTheInterval() {
        config.momentum = 0.5;
        config.interval = 2;
        config.warmUp = 9;
        EmaHook hook = started();
        setWeights(10, 20);
        hook.afterTrainIter(Runs.at(run, 0), Runs.step(1));
        hook.afterTrainIter(Runs.at(run, 1), Runs.step(1));
        hook.afterTrainEpoch(run);
        // min(0.5 ^ 2, (1 + 0) / (9 + 0)) of the way; nothing in iteration 1
        assertArrayEquals(new float[] {1 + 9 / 9f, 2 + 18 / 9f}, weights(), 1e-6f);
    }

    @Test
    void aRunResumedBetweenEpochsEqualsOneThatWasNotInterrupted() {
        config.momentum = 0.25;
        config.warmUp = 1;
        EmaHook before = started();
        setWeights(5, 6);
        before.afterTrainIter(Runs.at(run, 0), Runs.step(1));
        before.afterTrainEpoch(run);
        EmaHook after = new EmaHook(config, kernels);
        after.loadState(before.saveState());
        after.beforeRun(run);
        assertArrayEquals(new float[] {2, 3}, weights());
        after.beforeTrainEpoch(run);
        assertArrayEquals(new float[] {5, 6}, weights());
        after.afterTrainEpoch(run);
        assertArrayEquals(new float[] {2, 3}, weights());
    }

    @Test
    void aRunResumedWithinAnEpochGoesOnWithItsAverages() {
        EmaHook before = started();
        setWeights(5, 6);
        Tree state = before.saveState();
        EmaHook after = new EmaHook(config, kernels);
        after.loadState(state);
        after.beforeRun(run);
        after.beforeTrainEpoch(run);
        assertArrayEquals(new float[] {5, 6}, weights());
        after.afterTrainEpoch(run);
        assertArrayEquals(new float[] {1, 2}, weights());
    }

    private Path checkpoint(Map<String, Tree> states) throws Exception {
        Path file = folder.resolve("epoch_1.pth");
        Map<String, HostTensor> weights = Map.of("weight", HostTensor.of(new float[] {7, 8}, 2));
        new Checkpoint(new Checkpoint.Progress(1, 7, 0), weights, Optional.empty(), states, "").write(file);
        return file;
    }

    @Test
    void goesOnWithTheAveragesOfAnotherRun() throws Exception {
        Tree state = Tree.mapping()
                .put("swapped", true)
                .put("shadow", Tree.stateDict(Map.of("weight", HostTensor.of(new float[] {3, 4}, 2))))
                .build();
        config.resumeFrom = checkpoint(Map.of("EMAHook", state));
        EmaHook hook = started();
        hook.beforeTrainEpoch(run);
        assertArrayEquals(new float[] {1, 2}, weights());
        hook.afterTrainEpoch(run);
        assertArrayEquals(new float[] {7, 8}, weights());
    }

    @Test
    void saysThatACheckpointHasNoAverages() throws Exception {
        config.resumeFrom = checkpoint(Map.of());
        Exception e = assertThrows(IllegalArgumentException.class, this::started);
        assertTrue(e.getMessage().contains("epoch_1.pth holds no averages"), e.getMessage());
    }

    @Test
    void refusesAFolderInPlaceOfACheckpoint() {
        config.resumeFrom = folder;
        ConfigException e = assertThrows(ConfigException.class, this::started);
        assertEquals(folder + " was named as resume_from of an EMAHook, but it is a folder", e.getMessage());
    }

    @Test
    void givesItsArraysBackAtTheEnd() {
        trainABit();
        int before = manager.getManagedArrays().size();
        trainABit();
        assertEquals(before, manager.getManagedArrays().size());
    }

    private void trainABit() {
        EmaHook hook = started();
        for (int i = 0; i < 10; i++) {
            hook.afterTrainIter(Runs.at(run, i), Runs.step(1));
        }
        hook.afterTrainEpoch(run);
        hook.afterRun(run);
    }
}
