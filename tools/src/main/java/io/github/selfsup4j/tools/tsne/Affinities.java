package io.github.selfsup4j.tools.tsne;

import io.github.selfsup4j.features.NearestNeighbours;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How near points are to each other, as probabilities of pairs that add up to 1 (van der Maaten and Hinton, 2008,
 * section 2): a Gauss bell around every point, as wide as it takes to see {@code perplexity} neighbours.
 *
 * @param neighbours which points each is near to
 * @param values how near
 */
record Affinities(int[][] neighbours, double[][] values) {
    private static final int STEPS = 64;
    private static final double PRECISION = 1e-5;

    /** @param nearest the nearest others of every point, with squared distances */
    static Affinities of(NearestNeighbours.Found nearest, double perplexity) {
        int size = nearest.rows().length;
        double[][] conditional = IntStream.range(0, size)
                .parallel()
                .mapToObj(i -> conditional(nearest.values()[i], perplexity))
                .toArray(double[][]::new);
        return symmetric(nearest.rows(), conditional);
    }

    /** Searches the width of the bell by halving. */
    private static double[] conditional(float[] squares, double perplexity) {
        double[] values = new double[squares.length];
        double beta = 1;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            double difference = entropy(squares, beta, values) - Math.log(perplexity);
            if (Math.abs(difference) < PRECISION) {
                break;
            } else if (difference > 0) {
                low = beta;
                beta = Double.isInfinite(high) ? 2 * beta : (beta + high) / 2;
            } else {
                high = beta;
                beta = (beta + low) / 2;
            }
        }
        return values;
    }

    private static double entropy(float[] squares, double beta, double[] into) {
        double nearest = squares[0];
        double sum = 0;
        double energy = 0;
        for (int j = 0; j < squares.length; j++) {
            into[j] = Math.exp(-beta * (squares[j] - nearest));
            sum += into[j];
            energy += into[j] * (squares[j] - nearest);
        }
        for (int j = 0; j < into.length; j++) {
            into[j] /= sum;
        }
        return Math.log(sum) + beta * energy / sum;
    }

    private static Affinities symmetric(int[][] neighbours, double[][] conditional) {
        int size = neighbours.length;
        Map<Integer, Double>[] pairs = maps(size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < neighbours[i].length; j++) {
                pairs[i].merge(neighbours[i][j], conditional[i][j] / (2 * size), Double::sum);
                pairs[neighbours[i][j]].merge(i, conditional[i][j] / (2 * size), Double::sum);
            }
        }
        return new Affinities(
                Arrays.stream(pairs)
                        .map(row -> row.keySet().stream()
                                .mapToInt(Integer::intValue)
                                .toArray())
                        .toArray(int[][]::new),
                Arrays.stream(pairs)
                        .map(row -> row.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                        .toArray(double[][]::new));
    }

    @SuppressWarnings("unchecked")
    private static Map<Integer, Double>[] maps(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new TreeMap<Integer, Double>())
                .toArray(Map[]::new);
    }
}
