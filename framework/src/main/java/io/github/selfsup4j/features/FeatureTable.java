package io.github.selfsup4j.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.Dataset;
import java.util.Arrays;
import java.util.List;

/**
 * Features in the computer's memory, with what is known of the images: what files hold, and pictures are drawn of.
 *
 * @param dim number of values of an image
 * @param values {@code [images, dim]}, row by row
 * @param labels class index of each image, -1 where it has none
 * @param paths the path of each image, or another name that a person can find it by
 * @param classes class names by index; empty if unknown
 */
public record FeatureTable(int dim, float[] values, long[] labels, List<String> paths, List<String> classes) {

    private static final int PIECE = 1 << 26;

    /** @throws IllegalArgumentException if the parts are not of the same number of images */
    public FeatureTable {
        if (values.length != (long) dim * labels.length || paths.size() != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels, " + paths.size() + " paths and "
                    + values.length + " values of dimension " + dim);
        }
    }

    /** Features that were extracted from a data set. */
    public static FeatureTable of(Features features, Dataset dataset) {
        List<String> paths = Arrays.stream(features.samples().toLongArray())
                .mapToObj(sample -> dataset.source().describe((int) sample))
                .toList();
        return new FeatureTable(
                (int) features.rows().getShape().get(1),
                values(features.rows()),
                features.labels().toLongArray(),
                paths,
                dataset.source().classes());
    }

    /** In pieces: the engine hands out at most 2 GiB at a time. */
    private static float[] values(NDArray rows) {
        int size = (int) rows.getShape().get(0);
        int dim = (int) rows.getShape().get(1);
        float[] values = new float[Math.multiplyExact(size, dim)];
        int piece = Math.max(1, PIECE / dim);
        for (int start = 0; start < size; start += piece) {
            try (NDArray some = rows.get(start + ":" + Math.min(size, start + piece))) {
                float[] copied = some.toFloatArray();
                System.arraycopy(copied, 0, values, start * dim, copied.length);
            }
        }
        return values;
    }

    /** Number of images. */
    public int size() {
        return labels.length;
    }

    /**
     * The features of some images.
     *
     * @param rows their numbers, in the order wanted
     */
    public FeatureTable select(int[] rows) {
        float[] selected = new float[Math.multiplyExact(rows.length, dim)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * dim, selected, i * dim, dim);
        }
        return new FeatureTable(
                dim,
                selected,
                Arrays.stream(rows).mapToLong(row -> labels[row]).toArray(),
                Arrays.stream(rows).mapToObj(paths::get).toList(),
                classes);
    }

    /** The same as arrays of the engine; samples are numbered in this table's order. */
    public Features toFeatures(NDManager scope) {
        NDArray rows = scope.zeros(new Shape(size(), dim));
        int piece = Math.max(1, PIECE / dim);
        for (int start = 0; start < size(); start += piece) {
            int end = Math.min(size(), start + piece);
            try (NDArray some =
                    scope.create(Arrays.copyOfRange(values, start * dim, end * dim), new Shape(end - start, dim))) {
                rows.set(new NDIndex(start + ":" + end), some);
            }
        }
        return new Features(rows, scope.create(labels));
    }

    /** Number of classes: one more than the greatest label, or as many as have names. */
    public int classCount() {
        return Math.max(classes.size(), (int) Arrays.stream(labels).max().orElse(-1) + 1);
    }

    /** The name of a class, or its number if it has none. */
    public String className(long label) {
        return label < 0 ? "no label" : label < classes.size() ? classes.get((int) label) : String.valueOf(label);
    }
}
