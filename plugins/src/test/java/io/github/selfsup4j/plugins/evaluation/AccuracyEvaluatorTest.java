package io.github.selfsup4j.plugins.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccuracyEvaluatorTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final AccuracyEvaluator.Config config = new AccuracyEvaluator.Config();

    /** Images that are the scores of three classes, and their labels. */
    private record Scored(float[][] scores, long... labels) implements Dataset {
        @Override
        public Sample sample(int index, RandomStream random) {
            return new Sample()
                    .put("img", new FloatArray(scores[index], 3))
                    .put("label", new LongArray(new long[] {labels[index]}));
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public DataSource source() {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static Algorithm identity() {
        Algorithm model = mock(Algorithm.class, withSettings().extraInterfaces(Classifier.class));
        when(((Classifier) model).scores(any(), any()))
                .thenAnswer(call -> new NDList((NDArray) call.getArgument(0), ((NDArray) call.getArgument(0)).neg()));
        when(((Classifier) model).scoreNames()).thenReturn(List.of("head3", "head4"));
        return model;
    }

    private Map<String, Double> evaluate(Algorithm model, Dataset data) {
        config.batchSize = 2;
        config.workers = 0;
        return new AccuracyEvaluator(config, data, new Kernels(manager, Precision.FP32), BadImages.told(warning -> {}))
                .evaluate(model, manager);
    }

    @Test
    void countsLabelsAmongTheHighestScoresOfEveryClassifier() {
        config.topk = List.of(1, 2);
        Scored data = new Scored(new float[][] {{3, 2, 1}, {1, 2, 3}, {1, 3, 2}, {5, 6, 7}, {0, 9, 4}}, 0, 1, 0, 2, 1);
        assertEquals(
                Map.of("head3_top1", 60.0, "head3_top2", 80.0, "head4_top1", 20.0, "head4_top2", 40.0),
                evaluate(identity(), data));
    }

    @Test
    void ofEqualScoresTheFirstClassIsTheHighest() {
        config.topk = List.of(1);
        Scored data = new Scored(new float[][] {{1, 1, 1}, {1, 1, 1}}, 0, 1);
        assertEquals(50.0, evaluate(identity(), data).get("head3_top1"));
    }

    @Test
    void refusesLabelsThatNoScoreIsFor() {
        Exception refused = assertThrows(
                IllegalArgumentException.class, () -> evaluate(identity(), new Scored(new float[][] {{1, 2, 3}}, 3)));
        assertEquals("an image has the label 3, but the classifier knows 0 to 2", refused.getMessage());
    }

    @Test
    void refusesModelsThatTellNoClasses() {
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> evaluate(mock(Algorithm.class), new Scored(new float[][] {{1, 2, 3}}, 0)));
        assertTrue(refused.getMessage().contains("tells no classes"), refused.getMessage());
    }
}
