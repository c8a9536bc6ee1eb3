package io.github.selfsup4j.plugins.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Twenty steps of each optimizer against the update as published, evaluated in float64 here. */
class PublishedUpdatesTest {
    private static final int SIZE = 1000;
    private static final int STEPS = 20;
    private static final double BOUND = 1e-6;

    /** A published update; its state is its own. */
    private interface Update {
        /**
         * Changes parameters.
         *
         * @param t number of the step, from 1
         */
        void step(double[] p, double[] g, int t);
    }

    @Test
    void adamw() {
        double lr = 3e-3;
        double beta1 = 0.9;
        double beta2 = 0.98;
        double eps = 1e-8;
        double decay = 0.05;
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        compare("{type: AdamW, lr: 3.0e-3, betas: [0.9, 0.98], weight_decay: 0.05}", (p, g, t) -> {
            for (int i = 0; i < SIZE; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                double mean = m[i] / (1 - Math.pow(beta1, t));
                double square = v[i] / (1 - Math.pow(beta2, t));
                p[i] -= lr * (mean / (Math.sqrt(square) + eps) + decay * p[i]);
            }
        });
    }

    @Test
    void adamWithAmsgrad() {
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        double[] largest = new double[SIZE];
        compare("{type: Adam, lr: 3.0e-3, betas: [0.8, 0.9], weight_decay: 0.01, amsgrad: true}", (p, g, t) -> {
            for (int i = 0; i < SIZE; i++) {
                double decayed = g[i] + 0.01 * p[i];
                m[i] = 0.8 * m[i] + 0.2 * decayed;
                v[i] = 0.9 * v[i] + 0.1 * decayed * decayed;
                largest[i] = Math.max(largest[i], v[i]);
                double square = largest[i] / (1 - Math.pow(0.9, t));
                p[i] -= 3e-3 * m[i] / (1 - Math.pow(0.8, t)) / (Math.sqrt(square) + 1e-8);
            }
        });
    }

    @Test
    void sgdWithNesterovMomentum() {
        double[] buffer = new double[SIZE];
        compare("{type: SGD, lr: 0.02, momentum: 0.9, nesterov: true, weight_decay: 1.0e-3}", (p, g, t) -> {
            for (int i = 0; i < SIZE; i++) {
                double decayed = g[i] + 1e-3 * p[i];
                buffer[i] = 0.9 * buffer[i] + decayed;
                p[i] -= 0.02 * (decayed + 0.9 * buffer[i]);
            }
        });
    }

    @Test
    void sgdWithDampening() {
        double[] buffer = new double[SIZE];
        compare("{type: SGD, lr: 0.02, momentum: 0.9, dampening: 0.4}", (p, g, t) -> {
            for (int i = 0; i < SIZE; i++) {
                buffer[i] = t == 1 ? g[i] : 0.9 * buffer[i] + 0.6 * g[i];
                p[i] -= 0.02 * buffer[i];
            }
        });
    }

    @Test
    void sgdWithoutMomentum() {
        compare("{type: SGD, lr: 0.02, weight_decay: 0.1}", (p, g, t) -> {
            for (int i = 0; i < SIZE; i++) {
                p[i] -= 0.02 * (g[i] + 0.1 * p[i]);
            }
        });
    }

    @Test
    void lars() {
        double[] buffer = new double[SIZE];
        compare("{type: LARS, lr: 4.8, momentum: 0.9, weight_decay: 1.0e-3, eta: 0.002}", (p, g, t) -> {
            double weight = norm(p);
            double rate = 4.8 * 0.002 * weight / (norm(g) + 1e-3 * weight + 1e-8);
            for (int i = 0; i < SIZE; i++) {
                buffer[i] = 0.9 * buffer[i] + rate * (g[i] + 1e-3 * p[i]);
                p[i] -= buffer[i];
            }
        });
    }

    @Test
    void larsWithoutMomentumForAnExcludedParameter() {
        compare(
                "{type: LARS, lr: 0.2, weight_decay: 0.1, paramwise_options: {weight: {lars_exclude: true, weight_decay: 0.}}}",
                (p, g, t) -> {
                    for (int i = 0; i < SIZE; i++) {
                        p[i] -= 0.2 * g[i];
                    }
                });
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    private static void compare(String config, Update published) {
        Random random = new Random(7);
        float[] start = floats(random, 1);
        double[] expected = doubles(start);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Map<String, Parameter> parameters = Model.of(Map.of("weight", HostTensor.of(start, SIZE)), manager);
            Optimizer optimizer = Configs.optimizer(config, new Kernels(manager, Precision.FP32));
            optimizer.attach(parameters);
            for (int t = 1; t <= STEPS; t++) {
                float[] gradient = floats(random, 0.1);
                try (NDManager scope = manager.newSubManager()) {
                    optimizer.step(Model.gradients(List.of(HostTensor.of(gradient, SIZE)), scope));
                }
                published.step(expected, doubles(gradient), t);
            }
            double[] actual = doubles(parameters.get("weight").getArray().toFloatArray());
            double difference = norm(IntStream.range(0, SIZE)
                    .mapToDouble(i -> actual[i] - expected[i])
                    .toArray());
            double moved = norm(IntStream.range(0, SIZE)
                    .mapToDouble(i -> start[i] - expected[i])
                    .toArray());
            assertEquals(0, difference / norm(expected), BOUND);
            assertTrue(moved / norm(expected) > 1e-2, "the steps are too small to tell anything: " + moved);
        }
    }

    private static float[] floats(Random random, double scale) {
        float[] values = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
