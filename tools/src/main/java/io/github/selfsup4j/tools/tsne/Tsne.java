package io.github.selfsup4j.tools.tsne;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.features.NearestNeighbours;
import io.github.selfsup4j.nn.Kernels;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * t-SNE: lays points out in the plane so that those near each other stay so (van der Maaten and Hinton, 2008); with the
 * approximation of Barnes and Hut (van der Maaten, 2014), or exact.
 *
 * <pre>{@code
 * Tsne.Embedding map = new Tsne(kernels, Tsne.Settings.DEFAULTS).embed(features.rows());
 * }</pre>
 */
public final class Tsne {
    private static final int EXAGGERATED = 250;
    private static final int BETWEEN_CHECKS = 50;
    private static final double LEAST_GAIN = 0.01;

    /**
     * How to search.
     *
     * @param perplexity about how many neighbours each point has; fewer if there are not three times as many others
     * @param earlyExaggeration how much nearer near points are taken to be in the first 250 iterations
     * @param patience iterations without progress after which the search ends
     * @param theta squares that look smaller than this are taken as one point; 0 for the exact result
     * @param seed of the places to start from
     */
    public record Settings(
            double perplexity,
            double earlyExaggeration,
            double learningRate,
            int iterations,
            int patience,
            double theta,
            long seed) {
        /** Those of MMSelfSup's {@code visualize_tsne.py}. */
        public static final Settings DEFAULTS = new Settings(30, 12, 200, 1000, 300, 0.5, 0);
    }

    /**
     * Where the points are.
     *
     * @param xy {@code x0, y0, x1, y1, ...}
     * @param divergence Kullback-Leibler divergence that is left
     * @param iterations how many it took
     */
    public record Embedding(double[] xy, double divergence, int iterations) {
        /** A point's place. */
        public double x(int point) {
            return xy[2 * point];
        }

        /** A point's place. */
        public double y(int point) {
            return xy[2 * point + 1];
        }
    }

    private final Kernels kernels;
    private final Settings settings;

    /** A search. */
    public Tsne(Kernels kernels, Settings settings) {
        this.kernels = kernels;
        this.settings = settings;
    }

    /** The perplexity that fits that many points. */
    public double perplexity(int points) {
        return Math.min(settings.perplexity, (points - 1) / 3.0);
    }

    /**
     * Lays points out.
     *
     * @param rows {@code [points, dim]}, four points at least
     */
    public Embedding embed(NDArray rows) {
        int size = (int) rows.getShape().get(0);
        if (size < 4) {
            throw new IllegalArgumentException("t-SNE needs four points at least, not " + size);
        }
        int neighbours = settings.theta == 0 ? size - 1 : Math.min(size - 1, (int) Math.ceil(3 * settings.perplexity));
        NearestNeighbours.Found nearest =
                new NearestNeighbours(kernels, NearestNeighbours.Metric.EUCLIDEAN).others(rows, neighbours);
        return new Search(Affinities.of(nearest, perplexity(size)), start(size)).run();
    }

    private double[] start(int size) {
        RandomStream random = RandomStream.of(settings.seed, 0);
        double[] xy = new double[2 * size];
        Arrays.setAll(xy, i -> 1e-4 * random.gaussian());
        return xy;
    }

    /** Gradient descent with momentum, and a gain for every coordinate that keeps its direction. */
    private final class Search {
        private final Affinities near;
        private final double[] xy;
        private final double[] step;
        private final double[] gain;
        private final double[] gradient;
        private final double[] attraction;
        private final QuadTree.Push[] pushes;

        Search(Affinities near, double[] start) {
            this.near = near;
            xy = start;
            step = new double[xy.length];
            gain = new double[xy.length];
            gradient = new double[xy.length];
            attraction = new double[xy.length];
            pushes = new QuadTree.Push[xy.length / 2];
            Arrays.fill(gain, 1);
        }

        Embedding run() {
            double best = Double.POSITIVE_INFINITY;
            int bestAt = 0;
            int iteration = 0;
            while (iteration < settings.iterations) {
                boolean early = iteration < EXAGGERATED;
                double weight = gradient(early ? settings.earlyExaggeration : 1);
                move(early ? 0.5 : 0.8);
                iteration++;
                if (!early && iteration % BETWEEN_CHECKS == 0) {
                    double divergence = divergence(weight);
                    if (divergence < best) {
                        best = divergence;
                        bestAt = iteration;
                    } else if (iteration - bestAt > settings.patience) {
                        break;
                    }
                }
            }
            return new Embedding(xy, divergence(gradient(1)), iteration);
        }

        /**
         * Sets the gradient.
         *
         * @return the sum of the kernel over all pairs
         */
        private double gradient(double exaggeration) {
            QuadTree tree = new QuadTree(xy);
            IntStream.range(0, pushes.length).parallel().forEach(i -> {
                pushes[i] = tree.push(i, settings.theta);
                attract(i);
            });
            double weight =
                    Arrays.stream(pushes).mapToDouble(push -> push.weight).sum();
            for (int i = 0; i < pushes.length; i++) {
                gradient[2 * i] = 4 * (exaggeration * attraction[2 * i] - pushes[i].x / weight);
                gradient[2 * i + 1] = 4 * (exaggeration * attraction[2 * i + 1] - pushes[i].y / weight);
            }
            return weight;
        }

        private void attract(int i) {
            double x = 0;
            double y = 0;
            for (int n = 0; n < near.neighbours()[i].length; n++) {
                int j = near.neighbours()[i][n];
                double factor = near.values()[i][n] * kernel(i, j);
                x += factor * (xy[2 * i] - xy[2 * j]);
                y += factor * (xy[2 * i + 1] - xy[2 * j + 1]);
            }
            attraction[2 * i] = x;
            attraction[2 * i + 1] = y;
        }

        private double kernel(int i, int j) {
            double dx = xy[2 * i] - xy[2 * j];
            double dy = xy[2 * i + 1] - xy[2 * j + 1];
            return 1 / (1 + dx * dx + dy * dy);
        }

        private void move(double momentum) {
            for (int i = 0; i < xy.length; i++) {
                gain[i] = Math.max(LEAST_GAIN, step[i] * gradient[i] < 0 ? gain[i] + 0.2 : gain[i] * 0.8);
                step[i] = momentum * step[i] - settings.learningRate * gain[i] * gradient[i];
                xy[i] += step[i];
            }
        }

        private double divergence(double weight) {
            return IntStream.range(0, pushes.length)
                    .mapToDouble(i -> IntStream.range(0, near.neighbours()[i].length)
                            .mapToDouble(n -> {
                                double p = near.values()[i][n];
                                return p <= 0 ? 0 : p * Math.log(p * weight / kernel(i, near.neighbours()[i][n]));
                            })
                            .sum())
                    .sum();
        }
    }
}
