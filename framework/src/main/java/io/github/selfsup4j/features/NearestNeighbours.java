package io.github.selfsup4j.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds the nearest rows of a table to each of others, all pairs compared. */
public final class NearestNeighbours {
    /** Largest number of distances in memory at once. */
    private static final int CHUNK = 1 << 24;

    /** What is near. */
    public enum Metric {
        /** A small angle; what is told is the cosine, from -1 to 1. */
        COSINE("cosine"),
        /** A short way; what is told is the square of the distance. */
        EUCLIDEAN("euclidean");

        private final String function;

        Metric(String function) {
            this.function = function;
        }
    }

    /**
     * The nearest rows of each query, the nearest first.
     *
     * @param rows {@code [queries][k]} numbers of rows
     * @param values {@code [queries][k]} cosine or squared distance
     */
    public record Found(int[][] rows, float[][] values) {}

    private final Kernel kernel;
    private final Metric metric;

    /** Neighbours by a metric. */
    public NearestNeighbours(Kernels kernels, Metric metric) {
        kernel = kernels.load(NearestNeighbours.class, "nearest_neighbours.torchscript", Map.of());
        this.metric = metric;
    }

    /**
     * Neighbours among the rows of a table.
     *
     * @param bank {@code [rows, dim]}
     * @param queries {@code [queries, dim]}
     * @param k how many, at most as many as there are rows
     */
    public Found find(NDArray bank, NDArray queries, int k) {
        int size = (int) queries.getShape().get(0);
        int[][] rows = new int[size][];
        float[][] values = new float[size][];
        int chunk = (int) Math.max(1, CHUNK / bank.getShape().get(0));
        for (int start = 0; start < size; start += chunk) {
            try (NDManager step = queries.getManager().newSubManager();
                    NoGradient off = new NoGradient()) {
                NDArray some = queries.get(start + ":" + Math.min(start + chunk, size));
                some.attach(step);
                NDList nearest = kernel.callAll(metric.function, some, bank, step.create((long) k));
                float[] flat = nearest.get(0).toFloatArray();
                long[] index = nearest.get(1).toLongArray();
                for (int i = 0; i < flat.length / k; i++) {
                    values[start + i] = Arrays.copyOfRange(flat, i * k, (i + 1) * k);
                    rows[start + i] = Arrays.stream(index, i * k, (i + 1) * k)
                            .mapToInt(Math::toIntExact)
                            .toArray();
                }
            }
        }
        return new Found(rows, values);
    }

    /** The {@code k} nearest other rows of every row of a table. */
    public Found others(NDArray bank, int k) {
        return without(
                find(bank, bank, k + 1),
                IntStream.range(0, (int) bank.getShape().get(0)).toArray());
    }

    /**
     * The same without the queries themselves, one neighbour less.
     *
     * @param selves which row of the table each query is
     */
    public static Found without(Found found, int[] selves) {
        int[][] rows = new int[selves.length][];
        float[][] values = new float[selves.length][];
        for (int i = 0; i < selves.length; i++) {
            int self = place(selves[i], found.rows()[i]);
            rows[i] = new int[found.rows()[i].length - 1];
            values[i] = new float[rows[i].length];
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = found.rows()[i][j < self ? j : j + 1];
                values[i][j] = found.values()[i][j < self ? j : j + 1];
            }
        }
        return new Found(rows, values);
    }

    /** Where a row finds itself; among more equal rows than are told it may not, and then the last is left out. */
    private static int place(int row, int[] found) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] == row) {
                return i;
            }
        }
        return found.length - 1;
    }
}
