package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.Features;
import io.github.selfsup4j.features.KnnClassifier;
import io.github.selfsup4j.features.Standardiser;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.FeatureArguments;
import io.github.selfsup4j.tools.arguments.LabelChecks;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code knn}: accuracy of the nearest-neighbour classifier. */
@Command(
        name = "knn",
        description = "Classifies held-out images by the nearest labelled ones, on frozen features.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class KnnCommand implements Callable<Integer> {
    private static final List<Integer> USUAL = List.of(10, 20, 100, 200);

    @Mixin
    FeatureArguments features;

    @Option(
            names = "--num-knn",
            arity = "1..*",
            split = ",",
            paramLabel = "K",
            converter = PositiveNumber.class,
            description = "Numbers of neighbours (default 10 20 100 200, as far as there are so many images).")
    List<Integer> ks;

    @Option(
            names = "--temperature",
            arity = "1..*",
            split = ",",
            paramLabel = "T",
            defaultValue = "0.07",
            description = "Votes count exp(similarity / T) (default ${DEFAULT-VALUE}).")
    List<Double> temperatures;

    @Option(
            names = "--standardise",
            description =
                    "Shifts and scales features to mean 0 and variance 1 over the images to learn from, as KnnEvaluator does.")
    boolean standardise;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the accuracies there as well.")
    Path json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        temperatures.stream().filter(t -> !(t > 0)).findFirst().ifPresent(t -> {
            throw ConfigException.of("--temperature " + t + ": expected a positive number");
        });
        if (json != null) {
            ArgumentChecks.writable(json);
        }
        FeatureArguments.Split split = features.read();
        List<Integer> fitting = fitting(split.train());
        int classes = Math.max(
                LabelChecks.classes(split.train(), "to learn from"), LabelChecks.classes(split.test(), "to test on"));
        ArrayNode results = new ObjectMapper().createArrayNode();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            Features bank = split.train().toFeatures(manager);
            Features queries = split.test().toFeatures(manager);
            if (standardise) {
                Standardiser standardiser = new Standardiser(kernels, bank);
                standardiser.apply(bank);
                standardiser.apply(queries);
            }
            for (double temperature : temperatures) {
                tell(
                        new KnnClassifier(kernels, temperature).accuracies(bank, queries, fitting, classes),
                        temperature,
                        split,
                        results);
            }
        }
        if (json != null) {
            Files.writeString(json, results.toPrettyString() + "\n");
        }
        return 0;
    }

    private List<Integer> fitting(FeatureTable bank) {
        if (ks != null) {
            ks.stream().filter(k -> k > bank.size()).findFirst().ifPresent(k -> {
                throw ConfigException.of(
                        "--num-knn has " + k + ", but there are only " + bank.size() + " images to learn from");
            });
            return ks;
        }
        List<Integer> fitting = USUAL.stream().filter(k -> k <= bank.size()).toList();
        return fitting.isEmpty() ? List.of(bank.size()) : fitting;
    }

    private void tell(
            Map<Integer, KnnClassifier.Accuracy> accuracies,
            double temperature,
            FeatureArguments.Split split,
            ArrayNode results) {
        accuracies.forEach((k, accuracy) -> {
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "k = %-4d T = %-6s top-1 %6.2f %%   top-5 %6.2f %%   of %d images",
                            k,
                            temperature,
                            accuracy.top1(),
                            accuracy.top5(),
                            split.test().size()));
            results.addObject()
                    .put("k", k)
                    .put("temperature", temperature)
                    .put("top1", accuracy.top1())
                    .put("top5", accuracy.top5());
        });
    }
}
