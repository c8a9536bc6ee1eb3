package io.github.selfsup4j.tools.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.features.Features;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
    @Test
    void lbfgsFindsTheBottomOfRosenbrocksValley() {
        Lbfgs.Minimum minimum = new Lbfgs(200, 1e-15)
                .minimise(
                        (x, gradient) -> {
                            double a = x[1] - x[0] * x[0];
                            gradient[0] = -400 * x[0] * a - 2 * (1 - x[0]);
                            gradient[1] = 200 * a;
                            return 100 * a * a + (1 - x[0]) * (1 - x[0]);
                        },
                        new double[] {-1.2, 1});
        assertArrayEquals(new double[] {1, 1}, minimum.point(), 1e-5);
        assertTrue(minimum.iterations() < 60, "it took " + minimum.iterations());
    }

    private static Features points(NDManager manager, int size, int seed) {
        Random random = new Random(seed);
        float[] rows = new float[2 * size];
        long[] labels = new long[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 3;
            rows[2 * i] = (float) (random.nextGaussian() * 0.5 + (labels[i] == 0 ? 2 : 0));
            rows[2 * i + 1] = (float) (random.nextGaussian() * 0.5 + (labels[i] == 1 ? 2 : 0));
        }
        return new Features(manager.create(rows, new Shape(size, 2)), manager.create(labels));
    }

    @Test
    void bothOptimizersSeparateWhatALineSeparates() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            Features train = points(manager, 300, 1);
            Features test = points(manager, 300, 2);
            for (LinearProbe.Optimizer optimizer : LinearProbe.Optimizer.values()) {
                LinearProbe probe = new LinearProbe(kernels, new LinearProbe.Settings(optimizer, 100, 0.5, 64, 0));
                NDArray weights = probe.fit(train, 3, 1e-4);
                assertTrue(probe.accuracy(test, weights, 1) > 93, optimizer + " " + probe.accuracy(test, weights, 1));
                assertEquals(100, probe.accuracy(test, weights, 3));
            }
        }
    }

    @Test
    void regularisationHasTheKnownSolution() {
        // One feature x = 1 for class 0 and -1 for class 1: by symmetry w = (a, -a) without bias, and
        // the slope 2 l2 a = 1 / (1 + exp(2a)) * 2 vanishes at the minimum of log(1 + exp(-2a)) + l2 a^2.
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Features train = new Features(
                    manager.create(new float[] {1, -1}, new Shape(2, 1)), manager.create(new long[] {0, 1}));
            LinearProbe probe = new LinearProbe(
                    new Kernels(manager, Precision.FP32),
                    new LinearProbe.Settings(LinearProbe.Optimizer.LBFGS, 100, 0, 1, 0));
            float[] weights = probe.fit(train, 2, 0.1).toFloatArray();
            double a = weights[0];
            assertEquals(-a, weights[2], 1e-3);
            assertEquals(0, weights[1], 1e-3);
            assertEquals(0.1 * a, 1 / (1 + Math.exp(2 * a)), 2e-3);
        }
    }
}
