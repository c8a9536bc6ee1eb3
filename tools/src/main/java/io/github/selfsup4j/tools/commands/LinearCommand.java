package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.Features;
import io.github.selfsup4j.features.Standardiser;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.FeatureArguments;
import io.github.selfsup4j.tools.arguments.LabelChecks;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.linear.LinearProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linear}: accuracy of a linear classifier on frozen features. */
@Command(
        name = "linear",
        description = "Fits a linear classifier on frozen features, in seconds.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class LinearCommand implements Callable<Integer> {
    private static final int FOLD = 5;

    @Mixin
    FeatureArguments features;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "lbfgs",
            description = "lbfgs or sgd (default ${DEFAULT-VALUE}).")
    LinearProbe.Optimizer optimizer;

    @Option(
            names = "--l2",
            arity = "1..*",
            split = ",",
            paramLabel = "X",
            defaultValue = "1e-6,1e-5,1e-4,1e-3,1e-2",
            description =
                    "Strengths of regularisation; of several the one is taken that does best on a fifth of the images to learn from,"
                            + " learnt from the others (default ${DEFAULT-VALUE}).")
    List<Double> strengths;

    @Option(
            names = "--max-iter",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Steps of lbfgs at most (default 500), or epochs of sgd (default 100).")
    Integer iterations;

    @Option(
            names = "--lr",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "Learning rate of sgd, which falls along a cosine (default ${DEFAULT-VALUE}).")
    double learningRate;

    @Option(
            names = "--sgd-batch",
            paramLabel = "N",
            defaultValue = "256",
            converter = PositiveNumber.class,
            description = "Batch size of sgd (default ${DEFAULT-VALUE}).")
    int batchSize;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the accuracies there as well.")
    Path json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        strengths.stream().filter(l2 -> !(l2 >= 0)).findFirst().ifPresent(l2 -> {
            throw ConfigException.of("--l2 " + l2 + ": expected 0 or more");
        });
        if (json != null) {
            ArgumentChecks.writable(json);
        }
        FeatureArguments.Split split = features.read();
        int classes = Math.max(
                LabelChecks.classes(split.train(), "to learn from"), LabelChecks.classes(split.test(), "to test on"));
        long start = System.nanoTime();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            LinearProbe probe = new LinearProbe(
                    kernels,
                    new LinearProbe.Settings(
                            optimizer,
                            iterations != null ? iterations : optimizer == LinearProbe.Optimizer.SGD ? 100 : 500,
                            learningRate,
                            batchSize,
                            features.frozen.seed));
            double l2 =
                    strengths.size() == 1 ? strengths.get(0) : best(split.train(), classes, probe, kernels, manager);
            Features train = split.train().toFeatures(manager);
            Features test = split.test().toFeatures(manager);
            standardise(train, test, kernels);
            NDArray weights = probe.fit(train, classes, l2);
            tell(probe, weights, train, test, l2, (System.nanoTime() - start) * 1e-9);
        }
        return 0;
    }

    private double best(FeatureTable all, int classes, LinearProbe probe, Kernels kernels, NDManager manager) {
        int[] order = RandomStream.of(features.frozen.seed, FOLD).permutation(all.size());
        int held = all.size() / FOLD;
        if (held == 0) {
            throw ConfigException.of("there are only " + all.size()
                    + " images to learn from, too few to choose among several --l2; give one");
        }
        try (NDManager scope = manager.newSubManager()) {
            Features test = all.select(Arrays.copyOf(order, held)).toFeatures(scope);
            Features train =
                    all.select(Arrays.copyOfRange(order, held, order.length)).toFeatures(scope);
            standardise(train, test, kernels);
            double best = strengths.get(0);
            double most = -1;
            for (double l2 : strengths) {
                double accuracy = probe.accuracy(test, probe.fit(train, classes, l2), 1);
                spec.commandLine()
                        .getOut()
                        .println(String.format(
                                Locale.ROOT,
                                "l2 = %-8.0e top-1 %6.2f %% of %d images that were kept aside",
                                l2,
                                accuracy,
                                held));
                best = accuracy > most ? l2 : best;
                most = Math.max(most, accuracy);
            }
            return best;
        }
    }

    private static void standardise(Features train, Features test, Kernels kernels) {
        Standardiser standardiser = new Standardiser(kernels, train);
        standardiser.apply(train);
        standardiser.apply(test);
    }

    private void tell(LinearProbe probe, NDArray weights, Features train, Features test, double l2, double seconds)
            throws Exception {
        double top1 = probe.accuracy(test, weights, 1);
        double top5 = probe.accuracy(test, weights, 5);
        double learnt = probe.accuracy(train, weights, 1);
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "l2 = %-8.0e top-1 %6.2f %%   top-5 %6.2f %%   of %d images; top-1 %.2f %% of those learnt from; %.1f s",
                        l2,
                        top1,
                        top5,
                        test.size(),
                        learnt,
                        seconds));
        if (json != null) {
            Files.writeString(
                    json,
                    new ObjectMapper()
                                    .createObjectNode()
                                    .put("l2", l2)
                                    .put("top1", top1)
                                    .put("top5", top5)
                                    .put("train_top1", learnt)
                                    .put("seconds", seconds)
                                    .toPrettyString()
                            + "\n");
        }
    }
}
