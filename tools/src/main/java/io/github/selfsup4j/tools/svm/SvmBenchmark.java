package io.github.selfsup4j.tools.svm;

import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.features.FeatureTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean average precision of linear SVMs, one for each class, learnt from all images or from a few (Goyal et al.,
 * "Scaling and Benchmarking Self-Supervised Visual Representation Learning", sections 4.1 and 5.1; the reference's
 * {@code svm_voc07}).
 */
public final class SvmBenchmark {
    private static final int FOLDS = 3;

    /**
     * The result of learning from everything.
     *
     * @param costs the cost that was best for each class in three-fold cross-validation
     * @param precisions the average precision of each class on the test images, in per cent; NaN for one that is not
     *     there
     */
    public record Full(double[] costs, double[] precisions) {
        /** Mean average precision in per cent. */
        public double map() {
            return Arrays.stream(precisions)
                    .filter(precision -> !Double.isNaN(precision))
                    .average()
                    .orElse(Double.NaN);
        }
    }

    private final LinearSvm train;
    private final LinearSvm test;
    private final Targets known;
    private final Targets asked;
    private final List<Double> costs;
    private final long seed;

    /**
     * A benchmark.
     *
     * @param costs to choose from
     * @param seed of the choice of images
     */
    public SvmBenchmark(
            FeatureTable train, Targets known, FeatureTable test, Targets asked, List<Double> costs, long seed) {
        this.train = new LinearSvm(train);
        this.test = new LinearSvm(test);
        this.known = known;
        this.asked = asked;
        this.costs = costs;
        this.seed = seed;
    }

    private int classes() {
        return known.classes().size();
    }

    /**
     * Learns from all images; those of which a class is not to count are among those without it, as in the reference.
     */
    public Full full() {
        double[] chosen = new double[classes()];
        double[] precisions = new double[classes()];
        IntStream.range(0, classes()).parallel().forEach(c -> {
            boolean[] positive = positive(c);
            int[] all = IntStream.range(0, positive.length).toArray();
            chosen[c] = costs.size() == 1
                    ? costs.get(0)
                    : costs.stream()
                            .max(Comparator.comparingDouble(cost -> crossValidated(positive, cost)))
                            .orElseThrow();
            precisions[c] =
                    100 * AveragePrecision.of(test.scores(train.fit(all, positive, chosen[c])), asked.column(c));
        });
        return new Full(chosen, precisions);
    }

    private boolean[] positive(int c) {
        int[] column = known.column(c);
        boolean[] positive = new boolean[column.length];
        for (int i = 0; i < column.length; i++) {
            positive[i] = column[i] == 1;
        }
        return positive;
    }

    /** The mean over three parts, each with its share of the class. */
    private double crossValidated(boolean[] positive, double cost) {
        int[] fold = new int[positive.length];
        int[] next = new int[2];
        for (int i = 0; i < fold.length; i++) {
            fold[i] = next[positive[i] ? 1 : 0]++ % FOLDS;
        }
        return IntStream.range(0, FOLDS)
                .mapToDouble(part -> {
                    int[] learnt = IntStream.range(0, fold.length)
                            .filter(i -> fold[i] != part)
                            .toArray();
                    double[] scores = train.scores(train.fit(learnt, positive, cost));
                    int[] targets = IntStream.range(0, fold.length)
                            .map(i -> fold[i] != part ? Targets.IGNORED : positive[i] ? 1 : 0)
                            .toArray();
                    return AveragePrecision.of(scores, targets);
                })
                .filter(precision -> !Double.isNaN(precision))
                .average()
                .orElse(0);
    }

    /**
     * Learns from a few images: for each class {@code shots} with it, and {@code shots} times the other classes
     * without.
     *
     * @param repeat number of the choice
     * @return the mean average precision for each cost, in per cent
     */
    public double[] lowShot(int shots, int repeat) {
        double[][] precisions = new double[costs.size()][classes()];
        IntStream.range(0, classes()).parallel().forEach(c -> {
            int[] column = known.column(c);
            int[] order = RandomStream.of(seed, shots, repeat, c).permutation(column.length);
            int[] chosen = IntStream.concat(
                            Arrays.stream(order).filter(i -> column[i] == 1).limit(shots),
                            Arrays.stream(order).filter(i -> column[i] == 0).limit((long) (classes() - 1) * shots))
                    .toArray();
            for (int cost = 0; cost < costs.size(); cost++) {
                precisions[cost][c] = 100
                        * AveragePrecision.of(
                                test.scores(train.fit(chosen, positive(c), costs.get(cost))), asked.column(c));
            }
        });
        return Arrays.stream(precisions)
                .mapToDouble(row -> Arrays.stream(row)
                        .filter(p -> !Double.isNaN(p))
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }
}
