package io.github.selfsup4j.plugins.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.features.FeatureExtractor;
import io.github.selfsup4j.features.Features;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.features.Standardiser;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnnEvaluatorTest {
    private NDManager manager;
    private Kernels kernels;
    private final KnnEvaluator.Config config = new KnnEvaluator.Config();

    /** Images of two values; the class is the greater one. */
    private record Points(int size, int shift, int firstLabel) implements Dataset {
        @Override
        public Sample sample(int index, RandomStream random) {
            int side = index % 2;
            float[] values = {1000 + 3 * side + index * 0.01f + shift, 0.001f * (1 - side)};
            return new Sample()
                    .put("img", new FloatArray(values, 2))
                    .put("label", new LongArray(new long[] {firstLabel + side}));
        }

        @Override
        public DataSource source() {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void start() {
        manager = NDManager.newBaseManager("PyTorch");
        kernels = new Kernels(manager, Precision.FP32);
        config.batchSize = 7;
    }

    @AfterEach
    void end() {
        manager.close();
    }

    /** A model whose features are its images: a class token of zeros, and two tokens around the image. */
    private static Algorithm identity() {
        Algorithm model = mock(Algorithm.class);
        when(model.extractFeatures(any(), any())).thenAnswer(call -> {
            NDArray images = call.getArgument(0);
            assertFalse(call.<Pass>getArgument(1).training());
            NDArray token = images.expandDims(1);
            return new NDList(token.zerosLike().concat(token.sub(1), 1).concat(token.add(1), 1));
        });
        return model;
    }

    private KnnEvaluator evaluator(Dataset bank, Dataset queries) {
        return new KnnEvaluator(config, bank, queries, kernels, BadImages.told(warning -> {}));
    }

    @Test
    void standardisedFeaturesSeparateWhatAFarOriginHides() {
        config.k = List.of(5);
        assertEquals(
                Map.of("knn_top1", 100.0, "knn_top5", 100.0),
                evaluator(new Points(40, 0, 0), new Points(11, 0, 0)).evaluate(identity(), manager));
    }

    @Test
    void severalNumbersOfNeighboursAreToldApart() {
        config.k = List.of(1, 10);
        Map<String, Double> scores =
                evaluator(new Points(40, 0, 0), new Points(11, 0, 0)).evaluate(identity(), manager);
        assertEquals(List.of("knn1_top1", "knn1_top5", "knn10_top1", "knn10_top5"), List.copyOf(scores.keySet()));
    }

    @Test
    void leavesNothingBehind() {
        KnnEvaluator evaluator = evaluator(new Points(40, 0, 0), new Points(11, 0, 0));
        config.k = List.of(5);
        Map<String, Double> first = evaluator.evaluate(identity(), manager);
        int arrays = manager.getManagedArrays().size();
        assertEquals(first, evaluator.evaluate(identity(), manager));
        assertEquals(arrays, manager.getManagedArrays().size());
    }

    @Test
    void tellsItsNumberOfBatches() {
        assertEquals(
                6 + 2, evaluator(new Points(40, 0, 0), new Points(11, 0, 0)).batches());
    }

    @Test
    void refusesMoreNeighboursThanThereAre() {
        KnnEvaluator evaluator = evaluator(new Points(10, 0, 0), new Points(4, 0, 0));
        Exception e = assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(identity(), manager));
        assertTrue(e.getMessage().contains("k has 20, but the bank has only 10 images"), e.getMessage());
    }

    @Test
    void refusesImagesWithoutLabels() {
        KnnEvaluator evaluator = evaluator(new Points(40, 0, 0), new Points(4, 0, -1));
        Exception e = assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(identity(), manager));
        assertTrue(e.getMessage().contains("queries has images without a label"), e.getMessage());
    }

    @Test
    void poolsTokensMapsAndVectors() {
        NDArray tokens = manager.create(new float[] {9, 9, 1, 2, 3, 4}, new Shape(1, 3, 2));
        assertArrayEquals(new float[] {2, 3}, Pooling.PATCH_TOKENS.apply(tokens).toFloatArray());
        assertArrayEquals(new float[] {9, 9}, Pooling.CLASS_TOKEN.apply(tokens).toFloatArray());
        NDArray map = manager.create(new float[] {1, 3, 10, 30}, new Shape(1, 2, 1, 2));
        assertArrayEquals(new float[] {2, 20}, Pooling.PATCH_TOKENS.apply(map).toFloatArray());
        NDArray vector = manager.create(new float[] {1, 2}, new Shape(1, 2));
        assertArrayEquals(new float[] {1, 2}, Pooling.CLASS_TOKEN.apply(vector).toFloatArray());
    }

    @Test
    void featuresAreInTheOrderOfTheDataSet() {
        FeatureExtractor extractor =
                new FeatureExtractor(kernels, Pooling.PATCH_TOKENS, DataLoader.Settings.inOrder(4, 2));
        Features features = extractor.extract(identity(), new Points(9, 0, 5), manager);
        assertArrayEquals(
                new long[] {5, 6, 5, 6, 5, 6, 5, 6, 5}, features.labels().toLongArray());
        assertEquals(1003.07f, features.rows().getFloat(7, 0));
        assertEquals(new Shape(9, 2), features.rows().getShape());
    }

    @Test
    void standardisingGivesMeanZeroAndVarianceOne() {
        Features reference = new Features(
                manager.create(new float[] {1, 7, 3, 7}, new Shape(2, 2)), manager.create(new long[] {0, 0}));
        Features others =
                new Features(manager.create(new float[] {4, 7.5f}, new Shape(1, 2)), manager.create(new long[] {0}));
        Standardiser standardiser = new Standardiser(kernels, reference);
        standardiser.apply(reference);
        standardiser.apply(others);
        assertArrayEquals(new float[] {-1, 0, 1, 0}, reference.rows().toFloatArray());
        assertEquals(2, others.rows().getFloat(0, 0));
    }
}
