package io.github.selfsup4j.plugins.evaluation;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.features.FeatureExtractor;
import io.github.selfsup4j.features.FeatureLayer;
import io.github.selfsup4j.features.Features;
import io.github.selfsup4j.features.KnnClassifier;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.features.Standardiser;
import io.github.selfsup4j.inject.Slot;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Evaluator;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Classifies held-out images by the nearest labelled ones, on frozen features. Scores are {@code knn_top1} and
 * {@code knn_top5} in per cent; with several {@code k}, {@code knn10_top1} and so on.
 *
 * <pre>{@code
 * evaluator:
 *   type: KnnEvaluator
 *   k: [20]
 *   bank: {type: SingleViewDataset, ...}       # labelled
 *   queries: {type: SingleViewDataset, ...}    # held out
 * }</pre>
 */
@Component("KnnEvaluator")
public final class KnnEvaluator implements Evaluator {

    /** Keys of {@code KnnEvaluator}. */
    public static final class Config implements Validated {
        /** Numbers of neighbours that vote. */
        public List<Integer> k = List.of(20);
        /** Votes are {@code exp(similarity / temperature)}. */
        public double temperature = 0.07;
        /** Images in a batch. */
        public int batchSize = 256;
        /** Number of threads that load images; 0 loads them in the training thread. */
        public int workers = 1;
        /** How one vector comes out of tokens. */
        public Pooling pooling = Pooling.PATCH_TOKENS;
        /** Whether features are shifted and scaled to mean 0 and variance 1 over the bank. */
        public boolean standardise = true;

        @Override
        public void validate(Checks checks) {
            checks.require(!k.isEmpty() && k.stream().allMatch(n -> n > 0), "k", "positive numbers, one at least");
            checks.require(temperature > 0, "temperature", "a positive number");
            checks.require(batchSize > 0, "batchSize", "a positive number");
            checks.require(workers >= 0, "workers", "0 or more");
        }
    }

    private final Config config;
    private final Dataset bank;
    private final Dataset queries;
    private final Kernels kernels;
    private final FeatureExtractor extractor;
    private final KnnClassifier classifier;

    @Inject
    KnnEvaluator(
            Config config,
            @Slot("bank") Dataset bank,
            @Slot("queries") Dataset queries,
            Kernels kernels,
            BadImages badImages) {
        this.config = config;
        this.bank = bank;
        this.queries = queries;
        this.kernels = kernels;
        extractor = new FeatureExtractor(
                kernels,
                FeatureLayer.LAST,
                config.pooling,
                DataLoader.Settings.inOrder(config.batchSize, config.workers),
                badImages);
        classifier = new KnnClassifier(kernels, config.temperature);
    }

    @Override
    public int batches() {
        return extractor.batches(bank) + extractor.batches(queries);
    }

    /**
     * @throws IllegalArgumentException if images have no labels, or there are fewer in the bank than neighbours asked
     *     for
     */
    @Override
    public Map<String, Double> evaluate(Algorithm model, NDManager manager) {
        requireNeighbours();
        try (NDManager scope = manager.newSubManager()) {
            Features known = extractor.extract(model, bank, scope);
            Features asked = extractor.extract(model, queries, scope);
            int classes = Math.max(classes(known, "bank"), classes(asked, "queries"));
            if (config.standardise) {
                Standardiser standardiser = new Standardiser(kernels, known);
                standardiser.apply(known);
                standardiser.apply(asked);
            }
            return scores(classifier.accuracies(known, asked, config.k, classes));
        }
    }

    private void requireNeighbours() {
        for (int k : config.k) {
            if (k > bank.size()) {
                throw new IllegalArgumentException(
                        "evaluation.evaluator.k has " + k + ", but the bank has only " + bank.size() + " images");
            }
        }
    }

    private static int classes(Features features, String slot) {
        long[] labels = features.labels().toLongArray();
        if (Arrays.stream(labels).min().orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "evaluation.evaluator." + slot + " has images without a label, which kNN needs");
        }
        return (int) Arrays.stream(labels).max().orElse(0) + 1;
    }

    private static Map<String, Double> scores(Map<Integer, KnnClassifier.Accuracy> accuracies) {
        Map<String, Double> scores = new LinkedHashMap<>();
        accuracies.forEach((k, accuracy) -> {
            String name = accuracies.size() == 1 ? "knn" : "knn" + k;
            scores.put(name + "_top1", accuracy.top1());
            scores.put(name + "_top5", accuracy.top5());
        });
        return scores;
    }
}
