package io.github.selfsup4j.tools.linear;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.features.Features;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import java.util.Arrays;
import java.util.Map;

/**
 * A linear classifier on frozen features: softmax regression with {@code l2 / 2 * |weights|^2} added to the mean loss.
 *
 * <pre>{@code
 * LinearProbe probe = new LinearProbe(kernels, LinearProbe.Settings.DEFAULTS);
 * NDArray weights = probe.fit(train, classes, 1e-4);
 * double top1 = probe.accuracy(test, weights, 1);
 * }</pre>
 */
public final class LinearProbe {
    /** Largest number of scores in memory at once. */
    private static final int CHUNK = 1 << 24;

    private static final double MOMENTUM = 0.9;
    private static final double TOLERANCE = 1e-5;

    /** How to search for the weights. */
    public enum Optimizer {
        LBFGS,
        SGD
    }

    /**
     * Settings.
     *
     * @param iterations steps of L-BFGS at most, or epochs of SGD
     * @param learningRate of SGD at its start; falls along a cosine to 0
     * @param batchSize of SGD
     * @param seed of the order in SGD
     */
    public record Settings(Optimizer optimizer, int iterations, double learningRate, int batchSize, long seed) {
        /** L-BFGS to its end. */
        public static final Settings DEFAULTS = new Settings(Optimizer.LBFGS, 500, 0.1, 256, 0);
    }

    private final Kernel kernel;
    private final Settings settings;

    /** A probe. */
    public LinearProbe(Kernels kernels, Settings settings) {
        kernel = kernels.load(LinearProbe.class, "linear_probe.torchscript", Map.of());
        this.settings = settings;
    }

    /**
     * Fits weights.
     *
     * @param features with labels from 0 to {@code classes - 1}; standardised ones are fitted in far fewer steps
     * @param l2 strength of the regularisation
     * @return {@code [classes, dim + 1]}, the bias last; belongs to the features' manager
     */
    public NDArray fit(Features features, int classes, double l2) {
        NDManager manager = features.rows().getManager();
        Shape shape = new Shape(classes, features.rows().getShape().get(1) + 1);
        try (NoGradient off = new NoGradient()) {
            if (settings.optimizer == Optimizer.SGD) {
                return descend(features, manager.zeros(shape), l2);
            }
            double[] start = new double[(int) shape.size()];
            return toArray(
                    new Lbfgs(settings.iterations, TOLERANCE)
                            .minimise((point, gradient) -> objective(features, shape, l2, point, gradient), start)
                            .point(),
                    shape,
                    manager);
        }
    }

    /** The loss at some weights. */
    private double objective(Features features, Shape shape, double l2, double[] point, double[] gradient) {
        double loss = 0;
        Arrays.fill(gradient, 0);
        int chunk = chunk(shape.get(0));
        for (int start = 0; start < features.size(); start += chunk) {
            try (NDManager step = features.rows().getManager().newSubManager()) {
                Features part = part(features, start, chunk, step);
                NDList results =
                        kernel.callAll("loss_and_gradient", part.rows(), part.labels(), toArray(point, shape, step));
                loss += results.get(0).getFloat();
                float[] slope = results.get(1).toFloatArray();
                for (int i = 0; i < slope.length; i++) {
                    gradient[i] += slope[i];
                }
            }
        }
        int columns = (int) shape.get(1);
        double squares = 0;
        for (int i = 0; i < point.length; i++) {
            boolean bias = i % columns == columns - 1;
            gradient[i] = gradient[i] / features.size() + (bias ? 0 : l2 * point[i]);
            squares += bias ? 0 : point[i] * point[i];
        }
        return loss / features.size() + l2 / 2 * squares;
    }

    private NDArray descend(Features features, NDArray weights, double l2) {
        NDManager manager = weights.getManager();
        NDArray velocity = weights.zerosLike();
        int batches = (features.size() + settings.batchSize - 1) / settings.batchSize;
        for (int epoch = 0; epoch < settings.iterations; epoch++) {
            long[] order = Arrays.stream(RandomStream.of(settings.seed, epoch).permutation(features.size()))
                    .asLongStream()
                    .toArray();
            for (int batch = 0; batch < batches; batch++) {
                double progress = (epoch + (double) batch / batches) / settings.iterations;
                double rate = settings.learningRate * (1 + Math.cos(Math.PI * progress)) / 2;
                try (NDManager step = manager.newSubManager()) {
                    NDArray chosen = step.create(Arrays.copyOfRange(
                            order,
                            batch * settings.batchSize,
                            Math.min(order.length, (batch + 1) * settings.batchSize)));
                    NDArray numbers = step.create(new float[] {(float) rate, (float) l2, (float) MOMENTUM});
                    kernel.call("sgd", features.rows(), features.labels(), chosen, weights, velocity, numbers)
                            .close();
                }
            }
        }
        velocity.close();
        return weights;
    }

    /**
     * Per cent of images whose label is among the {@code k} highest scores.
     *
     * @param weights as {@link #fit} gives them
     */
    public double accuracy(Features features, NDArray weights, int k) {
        long right = 0;
        int chunk = chunk(weights.getShape().get(0));
        for (int start = 0; start < features.size(); start += chunk) {
            try (NDManager step = features.rows().getManager().newSubManager();
                    NoGradient off = new NoGradient()) {
                Features part = part(features, start, chunk, step);
                right += Arrays.stream(kernel.call("ranks", part.rows(), part.labels(), weights)
                                .toLongArray())
                        .filter(rank -> rank < k)
                        .count();
            }
        }
        return 100.0 * right / features.size();
    }

    private static int chunk(long classes) {
        return (int) Math.max(1, CHUNK / classes);
    }

    private static Features part(Features features, int start, int count, NDManager step) {
        String rows = start + ":" + Math.min(start + count, features.size());
        Features part =
                new Features(features.rows().get(rows), features.labels().get(rows), features.samples());
        part.rows().attach(step);
        part.labels().attach(step);
        return part;
    }

    private static NDArray toArray(double[] values, Shape shape, NDManager manager) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return manager.create(floats, shape);
    }
}
