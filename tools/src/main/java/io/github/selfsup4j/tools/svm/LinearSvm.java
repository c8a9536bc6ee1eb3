package io.github.selfsup4j.tools.svm;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.github.selfsup4j.features.FeatureTable;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One class against all others on features of length 1: liblinear's dual with squared hinge loss, positives counting
 * twice, as the reference's {@code LinearSVC(class_weight={1: 2, -1: 1})}.
 */
final class LinearSvm {
    private static final double PRECISION = 1e-4;
    private static final int ITERATIONS = 2000;
    private static final double POSITIVE_WEIGHT = 2;

    private final Feature[][] rows;
    private final int dim;

    static {
        Linear.disableDebugOutput();
    }

    /** An SVM on some images, whose features are brought to length 1. */
    LinearSvm(FeatureTable table) {
        dim = table.dim();
        rows = IntStream.range(0, table.size())
                .mapToObj(row -> unit(table, row))
                .toArray(Feature[][]::new);
    }

    private static Feature[] unit(FeatureTable table, int row) {
        double squares = 0;
        for (int i = 0; i < table.dim(); i++) {
            double value = table.values()[row * table.dim() + i];
            squares += value * value;
        }
        double length = Math.sqrt(squares) + 1e-5;
        Feature[] unit = new Feature[table.dim() + 1];
        for (int i = 0; i < table.dim(); i++) {
            unit[i] = new FeatureNode(i + 1, table.values()[row * table.dim() + i] / length);
        }
        // The bias is one more feature, and is regularised like the others.
        unit[table.dim()] = new FeatureNode(table.dim() + 1, 1);
        return unit;
    }

    /**
     * Fits weights.
     *
     * @param chosen numbers of the images to learn from
     * @param positive for every image, whether the class is there
     */
    double[] fit(int[] chosen, boolean[] positive, double cost) {
        Problem problem = new Problem();
        problem.l = chosen.length;
        problem.n = dim + 1;
        problem.bias = 1;
        problem.x = Arrays.stream(chosen).mapToObj(i -> rows[i]).toArray(Feature[][]::new);
        problem.y = Arrays.stream(chosen).mapToDouble(i -> positive[i] ? 1 : -1).toArray();
        Parameter parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, cost, PRECISION);
        parameter.setMaxIters(ITERATIONS);
        parameter.setWeights(new double[] {POSITIVE_WEIGHT, 1}, new int[] {1, -1});
        parameter.setRandom(new Random(0));
        Model model = Linear.train(problem, parameter);
        int sign = model.getLabels()[0] == 1 ? 1 : -1;
        return Arrays.stream(model.getFeatureWeights())
                .map(weight -> sign * weight)
                .toArray();
    }

    /**
     * Distances from the border, on the side of the class if positive.
     *
     * @param weights as {@link #fit} gives them
     */
    double[] scores(double[] weights) {
        return Arrays.stream(rows)
                .mapToDouble(row -> {
                    double score = 0;
                    for (Feature feature : row) {
                        score += weights[feature.getIndex() - 1] * feature.getValue();
                    }
                    return score;
                })
                .toArray();
    }
}
