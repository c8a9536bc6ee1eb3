package io.github.selfsup4j.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnnClassifierTest {
    private static Features features(NDManager manager, Map<String, HostTensor> arrays, String set) {
        HostTensor rows = arrays.get(set + "_features");
        return new Features(
                manager.create(rows.toFloats(), new Shape(rows.shape())),
                manager.create(arrays.get(set + "_labels").toLongs()));
    }

    @Test
    void accuraciesAreThoseOfTheReference() throws Exception {
        Map<String, HostTensor> arrays =
                Npz.read(Path.of(KnnClassifierTest.class.getResource("knn.npz").toURI()));
        JsonNode cases = new ObjectMapper().readTree(KnnClassifierTest.class.getResource("knn.json"));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.BF16);
            Features bank = features(manager, arrays, "train");
            Features queries = features(manager, arrays, "test");
            for (JsonNode golden : cases) {
                int k = golden.get("k").asInt();
                KnnClassifier classifier =
                        new KnnClassifier(kernels, golden.get("T").asDouble());
                KnnClassifier.Accuracy accuracy = classifier
                        .accuracies(
                                bank,
                                queries,
                                List.of(k),
                                golden.get("num_classes").asInt())
                        .get(k);
                assertEquals(golden.get("top1").asDouble(), accuracy.top1(), 1e-9, "top-1 of k = " + k);
                assertEquals(golden.get("top5").asDouble(), accuracy.top5(), 1e-9, "top-5 of k = " + k);
            }
            assertEquals(4, cases.size());
        }
    }

    @Test
    void severalNumbersOfNeighboursGiveWhatEachGivesAlone() throws Exception {
        Map<String, HostTensor> arrays =
                Npz.read(Path.of(KnnClassifierTest.class.getResource("knn.npz").toURI()));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            KnnClassifier classifier = new KnnClassifier(new Kernels(manager, Precision.FP32), 0.07);
            Features bank = features(manager, arrays, "train");
            Features queries = features(manager, arrays, "test");
            Map<Integer, KnnClassifier.Accuracy> both = classifier.accuracies(bank, queries, List.of(20, 5), 7);
            assertEquals(classifier.accuracies(bank, queries, List.of(5), 7).get(5), both.get(5));
            assertEquals(classifier.accuracies(bank, queries, List.of(20), 7).get(20), both.get(20));
            assertEquals(List.of(20, 5), List.copyOf(both.keySet()));
        }
    }

    @Test
    void theTemperatureDecidesBetweenOneNearAndTwoFarNeighbours() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            Features bank = new Features(
                    manager.create(new float[] {1, 0, 3, 4, 6, 8}, new Shape(3, 2)),
                    manager.create(new long[] {0, 1, 1}));
            Features query =
                    new Features(manager.create(new float[] {2, 0}, new Shape(1, 2)), manager.create(new long[] {0}));
            // similarities 1, 0.6, 0.6: exp(1 / T) against 2 exp(0.6 / T)
            assertEquals(
                    100,
                    new KnnClassifier(kernels, 0.5)
                            .accuracies(bank, query, List.of(3), 2)
                            .get(3)
                            .top1());
            assertEquals(
                    0,
                    new KnnClassifier(kernels, 0.6)
                            .accuracies(bank, query, List.of(3), 2)
                            .get(3)
                            .top1());
        }
    }
}
