package io.github.selfsup4j.plugins.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.model.Evaluator;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Per cent of held-out images whose label is among the {@code k} highest scores of a classifier: {@code head11_top1},
 * {@code head11_top5}. It is what {@code evaluation} stands for in a config that names no evaluator, on the images of
 * {@code data.val}. Of equal scores the first class counts as the highest.
 */
@Component("AccuracyEvaluator")
public final class AccuracyEvaluator implements Evaluator {
    /** Keys of {@code AccuracyEvaluator}. */
    public static final class Config implements Validated {
        /** How many scores count: one list of results each. */
        public List<Integer> topk = List.of(1, 5);
        /** Images in a batch. */
        public int batchSize = 256;
        /** Number of threads that load images; 0 loads them in the training thread. */
        public int workers = 1;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    !topk.isEmpty() && topk.stream().allMatch(k -> k > 0), "topk", "positive numbers, one at least");
            checks.require(batchSize > 0, "batchSize", "a positive number");
            checks.require(workers >= 0, "workers", "0 or more");
        }
    }

    private final Config config;
    private final Dataset dataset;
    private final BadImages badImages;
    private final Kernel kernel;

    @Inject
    AccuracyEvaluator(Config config, Dataset dataset, Kernels kernels, BadImages badImages) {
        this.badImages = badImages;
        this.config = config;
        this.dataset = dataset;
        kernel = kernels.load(AccuracyEvaluator.class, "accuracy.torchscript", Map.of());
    }

    @Override
    public int batches() {
        return (dataset.size() + config.batchSize - 1) / config.batchSize;
    }

    /** @throws IllegalArgumentException if the model is no classifier, or images have no label that it knows */
    @Override
    public Map<String, Double> evaluate(Algorithm model, NDManager manager) {
        if (!(model instanceof Classifier classifier)) {
            throw new IllegalArgumentException(
                    model.getClass().getSimpleName() + " tells no classes, so it has no accuracy;"
                            + " give evaluation an evaluator that works on features, such as {type: KnnEvaluator}");
        }
        long[][] correct = null;
        try (DataLoader loader = new DataLoader(
                        dataset, DataLoader.Settings.inOrder(config.batchSize, config.workers), badImages);
                DataLoader.Epoch batches = loader.epoch(0, 0);
                NoGradient off = new NoGradient()) {
            while (batches.hasNext()) {
                try (NDManager scope = manager.newSubManager()) {
                    Batch batch = batches.next().toBatch(scope);
                    NDList scores = classifier.scores(batch.get("img"), Pass.evaluation(scope));
                    correct = correct == null ? new long[scores.size()][config.topk.size()] : correct;
                    count(scores, batch.get("label"), correct);
                }
            }
        }
        return results(correct, classifier.scoreNames());
    }

    private void count(NDList scores, NDArray label, long[][] correct) {
        for (int head = 0; head < scores.size(); head++) {
            requireLabels(label.toLongArray(), scores.get(head).getShape().get(1));
            long[] ranks = kernel.call("ranks", scores.get(head), label).toLongArray();
            for (int i = 0; i < config.topk.size(); i++) {
                int k = config.topk.get(i);
                correct[head][i] +=
                        Arrays.stream(ranks).filter(rank -> rank < k).count();
            }
        }
    }

    private static void requireLabels(long[] labels, long classes) {
        Arrays.stream(labels)
                .filter(label -> label < 0 || label >= classes)
                .findFirst()
                .ifPresent(label -> {
                    throw new IllegalArgumentException(
                            "an image has the label " + label + ", but the classifier knows 0 to " + (classes - 1));
                });
    }

    private Map<String, Double> results(long[][] correct, List<String> names) {
        Map<String, Double> results = new LinkedHashMap<>();
        for (int head = 0; head < correct.length; head++) {
            for (int i = 0; i < config.topk.size(); i++) {
                results.put(names.get(head) + "_top" + config.topk.get(i), 100.0 * correct[head][i] / dataset.size());
            }
        }
        return results;
    }
}
