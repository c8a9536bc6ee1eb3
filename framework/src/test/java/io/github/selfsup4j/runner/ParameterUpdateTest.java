package io.github.selfsup4j.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.GradientClip;
import io.github.selfsup4j.optim.LossScaling;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.optim.OptimizerSettings;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.optim.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParameterUpdateTest {
    /** Remembers the gradients it is given. */
    private static final class Recorder implements Optimizer {
        private final List<ParameterGroup> groups;
        private final List<List<float[]>> steps = new ArrayList<>();

        Recorder(List<ParameterGroup> groups) {
            this.groups = groups;
        }

        @Override
        public void attach(Map<String, Parameter> parameters) {}

        @Override
        public List<ParameterGroup> groups() {
            return groups;
        }

        @Override
        public void step(List<NDArray> gradients) {
            steps.add(Parameters.values(gradients));
        }

        @Override
        public Tree state() {
            return Tree.none();
        }

        @Override
        public void load(Tree state) {}
    }

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);
    private final OptimizerSettings settings = new OptimizerSettings();
    private final RunContext run = mock(RunContext.class);
    private final RunLog log = mock(RunLog.class);
    private Optional<LossScaling> scaling = Optional.empty();
    private Recorder optimizer = recorder();

    private Recorder recorder() {
        return new Recorder(List.of(
                Parameters.group("encoder.weight", manager, 1, 2), Parameters.group("prototypes.weight", manager, 3)));
    }

    private ParameterUpdate update(long iterations) {
        when(run.maxIterations()).thenReturn(iterations);
        when(run.log()).thenReturn(log);
        return new ParameterUpdate(optimizer, settings, scaling, kernels);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** An iteration whose gradients, as far as the loss goes, are {@code [value, value]} and {@code [value]}. */
    private OptionalDouble iterate(ParameterUpdate update, long iteration, float value) {
        when(run.iteration()).thenReturn(iteration);
        try (NDManager scope = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray loss = scope.create(value)
                        .mul(optimizer.groups.get(0).parameter().getArray())
                        .sum();
                loss = loss.add(scope.create(value)
                        .mul(optimizer.groups.get(1).parameter().getArray())
                        .sum());
                collector.backward(update.scaled(loss, run));
            }
            return update.step(scope, run);
        }
    }

    @Test
    void stepsEveryIterationWithThatIterationsGradientsAlone() {
        ParameterUpdate update = update(2);
        iterate(update, 0, 5);
        iterate(update, 1, 7);
        assertArrayEquals(new float[] {5, 5}, optimizer.steps.get(0).get(0));
        assertArrayEquals(new float[] {7, 7}, optimizer.steps.get(1).get(0));
    }

    @Test
    void accumulatesMeansAndStepsWithWhatIsLeftAtTheEnd() {
        settings.updateInterval = 2;
        ParameterUpdate update = update(5);
        for (int i = 0; i < 5; i++) {
            iterate(update, i, 1 << i);
        }
        assertEquals(3, optimizer.steps.size());
        assertArrayEquals(new float[] {1.5f, 1.5f}, optimizer.steps.get(0).get(0));
        assertArrayEquals(new float[] {6, 6}, optimizer.steps.get(1).get(0));
        assertArrayEquals(new float[] {16, 16}, optimizer.steps.get(2).get(0));
    }

    @Test
    void anAccumulationGoesOnAfterACheckpoint() {
        settings.updateInterval = 3;
        ParameterUpdate before = update(3);
        iterate(before, 0, 0.1f);
        iterate(before, 1, 0.3f);
        Tree state = before.state();
        iterate(before, 2, 0.7f);
        float[] uninterrupted = optimizer.steps.get(0).get(0);
        optimizer = recorder();
        ParameterUpdate after = update(3);
        after.load(state);
        iterate(after, 2, 0.7f);
        assertArrayEquals(uninterrupted, optimizer.steps.get(0).get(0));
    }

    @Test
    void aStateThatIsLoadedTakesThePlaceOfWhatWasAccumulatedSince() {
        settings.updateInterval = 3;
        ParameterUpdate update = update(3);
        iterate(update, 0, 1);
        Tree state = update.state();
        iterate(update, 1, 1000);
        update.load(state);
        iterate(update, 1, 2);
        iterate(update, 2, 3);
        assertArrayEquals(new float[] {2, 2}, optimizer.steps.get(0).get(0), 1e-6f);
    }

    @Test
    void anIterationWithoutABatchStepsWithWhatWasAccumulatedAndOtherwiseNot() {
        settings.updateInterval = 2;
        ParameterUpdate update = update(4);
        iterate(update, 0, 4);
        withoutBatch(update, 1);
        assertArrayEquals(new float[] {2, 2}, optimizer.steps.get(0).get(0));
        withoutBatch(update, 2);
        withoutBatch(update, 3);
        assertEquals(1, optimizer.steps.size());
    }

    private void withoutBatch(ParameterUpdate update, long iteration) {
        when(run.iteration()).thenReturn(iteration);
        try (NDManager scope = manager.newSubManager()) {
            update.stepWithoutBatch(scope, run);
        }
    }

    @Test
    void aFrozenLayerGetsNoGradientAtTheStart() {
        settings.frozenLayersCfg = Map.of("prototypes", 2);
        ParameterUpdate update = update(3);
        for (int i = 0; i < 3; i++) {
            iterate(update, i, 5);
        }
        assertNull(optimizer.steps.get(1).get(1));
        assertArrayEquals(new float[] {5, 5}, optimizer.steps.get(1).get(0));
        assertArrayEquals(new float[] {5}, optimizer.steps.get(2).get(1));
    }

    @Test
    void theNormBeforeClippingIsGivenAndLeavesOutFrozenLayers() {
        settings.gradClip = new GradientClip();
        settings.gradClip.maxNorm = 1;
        settings.frozenLayersCfg = Map.of("prototypes", 1);
        ParameterUpdate update = update(2);
        assertEquals(Math.sqrt(2) * 5, iterate(update, 0, 5).orElseThrow(), 1e-5);
        assertEquals(Math.sqrt(3) * 5, iterate(update, 1, 5).orElseThrow(), 1e-5);
        assertEquals(1 / Math.sqrt(3), optimizer.steps.get(1).get(1)[0], 1e-6);
    }

    @Test
    void everyLayerMayBeFrozen() {
        settings.gradClip = new GradientClip();
        settings.gradClip.maxNorm = 1;
        settings.frozenLayersCfg = Map.of("weight", 1);
        assertTrue(iterate(update(1), 0, 5).isEmpty());
        assertNull(optimizer.steps.get(0).get(0));
    }

    @Test
    void anOverflowSkipsTheStepAndLowersTheScale() {
        LossScaling.Config config = new LossScaling.Config();
        config.lossScale = new LossScaling.Scale();
        scaling = Optional.of(new LossScaling(config));
        ParameterUpdate update = update(3);
        iterate(update, 0, 0.3f);
        iterate(update, 1, 1e38f);
        assertEquals(1, optimizer.steps.size());
        assertArrayEquals(new float[] {0.3f, 0.3f}, optimizer.steps.get(0).get(0));
        assertEquals(32768, scaling.get().scale());
        verify(log).warn(contains("iteration 1: step skipped (1 so far), loss scale is 32768"));
        assertEquals(1, update.state().asLong("skipped_steps"));
        assertEquals(1, update.skippedInARow());
        iterate(update, 2, 0.7f);
        assertArrayEquals(new float[] {0.7f, 0.7f}, optimizer.steps.get(1).get(0));
        assertEquals(0, update.skippedInARow());
    }
}
