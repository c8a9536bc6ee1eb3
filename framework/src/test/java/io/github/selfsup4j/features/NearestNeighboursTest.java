package io.github.selfsup4j.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {
    @Test
    void eachMetricHasItsOwnNearest() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            NDArray bank = manager.create(new float[] {10, 0, 1, 1, 0, 3}, new Shape(3, 2));
            NDArray query = manager.create(new float[] {2, 0}, new Shape(1, 2));
            NearestNeighbours.Found angles =
                    new NearestNeighbours(kernels, NearestNeighbours.Metric.COSINE).find(bank, query, 2);
            assertArrayEquals(new int[] {0, 1}, angles.rows()[0]);
            assertArrayEquals(new float[] {1, (float) Math.sqrt(0.5)}, angles.values()[0], 1e-6f);
            NearestNeighbours.Found ways =
                    new NearestNeighbours(kernels, NearestNeighbours.Metric.EUCLIDEAN).find(bank, query, 3);
            assertArrayEquals(new int[] {1, 2, 0}, ways.rows()[0]);
            assertArrayEquals(new float[] {2, 13, 64}, ways.values()[0], 1e-4f);
        }
    }

    @Test
    void noRowIsItsOwnNeighbourEvenAmongEqualOnes() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray bank = manager.create(new float[] {1, 1, 1, 1, 5}, new Shape(5, 1));
            NearestNeighbours.Found others = new NearestNeighbours(
                            new Kernels(manager, Precision.FP32), NearestNeighbours.Metric.EUCLIDEAN)
                    .others(bank, 2);
            for (int row = 0; row < 5; row++) {
                assertEquals(2, others.rows()[row].length);
                for (int neighbour : others.rows()[row]) {
                    assertEquals(false, neighbour == row || neighbour == 4, "row " + row);
                }
            }
        }
    }

    @Test
    void poolingTakesClassTokenPatchesOrGreatestValue() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray tokens = manager.create(new float[] {9, 1, 5}, new Shape(1, 3, 1));
            NDArray map = manager.create(new float[] {1, 2, 3, 6}, new Shape(1, 1, 2, 2));
            NDArray vector = manager.create(new float[] {7}, new Shape(1, 1));
            assertEquals(9, Pooling.CLASS_TOKEN.apply(tokens).getFloat(0, 0));
            assertEquals(3, Pooling.PATCH_TOKENS.apply(tokens).getFloat(0, 0));
            assertEquals(5, Pooling.MAX.apply(tokens).getFloat(0, 0));
            assertArrayEquals(new float[] {9, 1, 5}, Pooling.NONE.apply(tokens).toFloatArray());
            assertEquals(6, Pooling.MAX.apply(map).getFloat(0, 0));
            assertArrayEquals(new float[] {1, 2, 3, 6}, Pooling.NONE.apply(map).toFloatArray());
            assertEquals(7, Pooling.CLASS_TOKEN.apply(new NDList(map, vector)).getFloat(0, 0));
            assertEquals(3, Pooling.PATCH_TOKENS.apply(new NDList(map, vector)).getFloat(0, 0));
            assertEquals(7, Pooling.PATCH_TOKENS.apply(new NDList(vector)).getFloat(0, 0));
        }
    }
}
