package io.github.selfsup4j.tools.tsne;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TsneTest {
    private static final int GROUPS = 4;
    private static final int EACH = 40;
    private static final int DIM = 10;

    private NDManager manager;
    private Kernels kernels;

    @BeforeEach
    void start() {
        manager = NDManager.newBaseManager("PyTorch");
        kernels = new Kernels(manager, Precision.FP32);
    }

    @AfterEach
    void end() {
        manager.close();
    }

    private Tsne.Embedding embed(double theta, long seed) {
        Random random = new Random(5);
        float[] rows = new float[GROUPS * EACH * DIM];
        for (int i = 0; i < rows.length; i++) {
            int group = i / DIM / EACH;
            rows[i] = (float) random.nextGaussian() + (i % DIM == group ? 12 : 0);
        }
        Tsne.Settings settings = new Tsne.Settings(15, 12, 100, 500, 300, theta, seed);
        return new Tsne(kernels, settings).embed(manager.create(rows, new Shape(GROUPS * EACH, DIM)));
    }

    /** Of the ten nearest places on the map, the share that is of a point's own group. */
    private static double purity(Tsne.Embedding map) {
        int size = GROUPS * EACH;
        int own = 0;
        for (int i = 0; i < size; i++) {
            int point = i;
            double[][] byDistance = new double[size][];
            for (int j = 0; j < size; j++) {
                byDistance[j] = new double[] {Math.hypot(map.x(i) - map.x(j), map.y(i) - map.y(j)), j};
            }
            own += (int) Arrays.stream(byDistance)
                    .sorted((a, b) -> Double.compare(a[0], b[0]))
                    .skip(1)
                    .limit(10)
                    .filter(near -> (int) near[1] / EACH == point / EACH)
                    .count();
        }
        return own / (10.0 * size);
    }

    @Test
    void groupsStayTogetherAndApartFromEachOther() {
        assertEquals(1, purity(embed(0.5, 0)));
        assertEquals(1, purity(embed(0, 1)));
    }

    @Test
    void theApproximationIsNearlyAsGoodAsTheExactMap() {
        assertEquals(embed(0, 0).divergence(), embed(0.5, 0).divergence(), 0.05);
    }

    @Test
    void aSeedGivesTheSameMapAgain() {
        assertArrayEquals(embed(0.5, 3).xy(), embed(0.5, 3).xy());
    }

    @Test
    void refusesLessThanFourPoints() {
        Tsne tsne = new Tsne(kernels, Tsne.Settings.DEFAULTS);
        assertThrows(IllegalArgumentException.class, () -> tsne.embed(manager.ones(new Shape(3, 2))));
        assertEquals(1, tsne.perplexity(4));
        assertTrue(
                Arrays.stream(tsne.embed(manager.ones(new Shape(9, 2))).xy()).allMatch(Double::isFinite),
                "equal points are no trouble");
    }

    @Test
    void theTreeGivesThePushOfAllPairs() {
        double[] points = new Random(1).doubles(2 * 50, -3, 3).toArray();
        points[2] = points[0];
        points[3] = points[1];
        QuadTree tree = new QuadTree(points);
        for (int i = 0; i < 50; i++) {
            double x = 0;
            double weight = 0;
            for (int j = 0; j < 50; j++) {
                double dx = points[2 * i] - points[2 * j];
                double dy = points[2 * i + 1] - points[2 * j + 1];
                double kernel = j == i ? 0 : 1 / (1 + dx * dx + dy * dy);
                weight += kernel;
                x += kernel * kernel * dx;
            }
            QuadTree.Push exact = tree.push(i, 0);
            assertEquals(weight, exact.weight, 1e-9);
            assertEquals(x, exact.x, 1e-9);
            assertEquals(weight, tree.push(i, 0.5).weight, 0.02 * weight);
        }
    }
}
