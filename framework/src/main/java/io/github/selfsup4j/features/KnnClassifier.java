package io.github.selfsup4j.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Nearest-neighbour classifier on cosine similarity: each of the {@code k} nearest images votes for its class with
 * {@code exp(similarity / temperature)}. Reference: {@code knn_classifier} of MMSelfSup, Wu et al., "Unsupervised
 * Feature Learning via Non-Parametric Instance Discrimination", section 3.4.
 */
public final class KnnClassifier {
    /** Largest number of similarities in memory at once. */
    private static final int CHUNK = 1 << 24;

    /**
     * Share of images, in per cent, whose class is predicted.
     *
     * @param top1 as the class with most votes
     * @param top5 among the min(5, k) classes with most votes
     */
    public record Accuracy(double top1, double top5) {}

    private final Kernel kernel;
    private final double temperature;

    /** @param temperature small for votes of the nearest only */
    public KnnClassifier(Kernels kernels, double temperature) {
        kernel = kernels.load(KnnClassifier.class, "knn.torchscript", Map.of());
        this.temperature = temperature;
    }

    /**
     * Accuracies on {@code queries}, by number of neighbours among {@code bank}.
     *
     * @param ks numbers of neighbours, at most as many as there are images in the bank
     * @param classes number of classes
     */
    public Map<Integer, Accuracy> accuracies(Features bank, Features queries, List<Integer> ks, int classes) {
        Map<Integer, long[]> hits = new LinkedHashMap<>();
        ks.forEach(k -> hits.put(k, new long[2]));
        try (NDManager scope = queries.rows().getManager().newSubManager();
                NoGradient off = new NoGradient()) {
            NDArray unitBank = unit(bank.rows(), scope);
            int chunk = Math.max(1, CHUNK / bank.size());
            for (int start = 0; start < queries.size(); start += chunk) {
                String rows = start + ":" + Math.min(start + chunk, queries.size());
                try (NDManager step = scope.newSubManager()) {
                    NDArray labels = queries.labels().get(rows);
                    labels.attach(step);
                    count(unit(queries.rows().get(rows), step), labels, unitBank, bank.labels(), classes, hits);
                }
            }
        }
        Map<Integer, Accuracy> accuracies = new LinkedHashMap<>();
        hits.forEach((k, found) ->
                accuracies.put(k, new Accuracy(100.0 * found[0] / queries.size(), 100.0 * found[1] / queries.size())));
        return accuracies;
    }

    private NDArray unit(NDArray rows, NDManager scope) {
        NDArray unit = kernel.call("unit", rows);
        unit.attach(scope);
        return unit;
    }

    /** Adds up the hits of some queries. */
    private void count(
            NDArray queries, NDArray labels, NDArray bank, NDArray bankLabels, int classes, Map<Integer, long[]> hits) {
        NDManager step = queries.getManager();
        int most = new TreeSet<>(hits.keySet()).last();
        NDList nearest = kernel.callAll("neighbours", queries, bank, bankLabels, step.create((long) most));
        hits.forEach((k, found) -> {
            NDArray counts = kernel.call(
                    "hits",
                    nearest.get(0),
                    nearest.get(1),
                    labels,
                    step.create((long) k),
                    step.create((long) classes),
                    step.create(temperature));
            found[0] += counts.getLong(0);
            found[1] += counts.getLong(1);
        });
    }
}
