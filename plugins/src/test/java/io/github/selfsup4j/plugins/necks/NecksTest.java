package io.github.selfsup4j.plugins.necks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NecksTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);
    private final NonLinearNeck.Config config = new NonLinearNeck.Config();

    @AfterEach
    void end() {
        manager.close();
    }

    private NonLinearNeck nonLinear() {
        config.inChannels = 2;
        config.hidChannels = 3;
        config.outChannels = 4;
        NonLinearNeck neck = new NonLinearNeck(config, kernels);
        neck.initialize(manager);
        return neck;
    }

    private Pass training() {
        return Pass.training(manager, Draws.from(RandomStream.of(0)));
    }

    @Test
    void layersBiasesAndNormsAreThoseThatTheConfigAsksFor() {
        config.numLayers = 3;
        config.withBias = true;
        config.withLastBnAffine = false;
        assertEquals(
                List.of(
                        "fc0.weight",
                        "fc0.bias",
                        "bn0.weight",
                        "bn0.bias",
                        "fc1.weight",
                        "fc1.bias",
                        "bn1.weight",
                        "bn1.bias",
                        "fc2.weight"),
                List.copyOf(nonLinear().namedParameters().keySet()));
        config.withLastBias = true;
        config.withLastBn = false;
        assertEquals(
                List.of("fc2.weight", "fc2.bias"),
                List.copyOf(nonLinear().state().keySet()).subList(14, 16));
        config.numLayers = 1;
        assertEquals(
                new Shape(5, 3),
                nonLinear()
                        .forward(new NDList(manager.ones(new Shape(5, 2, 1, 1))), training())
                        .get(0)
                        .getShape());
    }

    @Test
    void theLastNormGivesMeanZeroAndVarianceOne() {
        NDArray y = nonLinear()
                .forward(new NDList(manager.randomNormal(new Shape(64, 2, 3, 3))), training())
                .get(0);
        assertArrayEquals(new float[4], y.mean(new int[] {0}).toFloatArray(), 1e-5f);
        assertArrayEquals(
                new float[] {1, 1, 1, 1}, y.square().mean(new int[] {0}).toFloatArray(), 1e-2f);
    }

    @Test
    void aClassTokenIsTheLastOfTheBackbonesOutputs() {
        config.vitBackbone = true;
        config.withAvgPool = false;
        NDArray token = manager.randomNormal(new Shape(3, 2));
        NonLinearNeck neck = nonLinear();
        Pass pass = Pass.evaluation(manager);
        assertArrayEquals(
                neck.forward(new NDList(token), pass).get(0).toFloatArray(),
                neck.forward(new NDList(manager.ones(new Shape(3, 2, 4, 4)), token), pass)
                        .get(0)
                        .toFloatArray());
    }

    @Test
    void refusesABatchOfOneInTraining() {
        NonLinearNeck neck = nonLinear();
        NDList one = new NDList(manager.ones(new Shape(1, 2, 1, 1)));
        Exception e = assertThrows(IllegalArgumentException.class, () -> neck.forward(one, training()));
        assertTrue(e.getMessage().contains("samples_per_gpu"), e.getMessage());
        assertEquals(
                new Shape(1, 4),
                neck.forward(one, Pass.evaluation(manager)).get(0).getShape());
    }

    @Test
    void refusesSeveralMaps() {
        NDList two = new NDList(manager.ones(new Shape(2, 2, 1, 1)), manager.ones(new Shape(2, 2, 1, 1)));
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> nonLinear().forward(two, training()));
        assertTrue(e.getMessage().contains("the backbone gives 2: its out_indices must name one"), e.getMessage());
    }

    @Test
    void poolingAveragesOverTheGrid() {
        AvgPool2dNeck.Config pool = new AvgPool2dNeck.Config();
        pool.outputSize = new Size(1, 2);
        NDArray map = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(1, 1, 2, 4));
        NDArray pooled = new AvgPool2dNeck(pool, kernels)
                .forward(new NDList(map), Pass.evaluation(manager))
                .get(0);
        assertEquals(new Shape(1, 1, 1, 2), pooled.getShape());
        assertArrayEquals(new float[] {3.5f, 5.5f}, pooled.toFloatArray());
    }

    @Test
    void theLinearNeckIsOneLinearMapOfTheMeans() {
        LinearNeck.Config linear = new LinearNeck.Config();
        linear.inChannels = 1;
        linear.outChannels = 1;
        LinearNeck neck = new LinearNeck(linear, kernels);
        neck.initialize(manager);
        neck.state().get("fc.weight").getArray().set(new float[] {2});
        neck.state().get("fc.bias").getArray().set(new float[] {1});
        NDArray map = manager.create(new float[] {1, 3}, new Shape(1, 1, 1, 2));
        assertArrayEquals(
                new float[] {5},
                neck.forward(new NDList(map), training()).get(0).toFloatArray());
    }
}
