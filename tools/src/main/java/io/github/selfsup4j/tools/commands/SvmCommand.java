package io.github.selfsup4j.tools.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.FeatureArguments;
import io.github.selfsup4j.tools.arguments.LabelChecks;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.svm.SvmBenchmark;
import io.github.selfsup4j.tools.svm.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code svm}: mean average precision of linear SVMs on frozen features. */
@Command(
        name = "svm",
        description = "Fits a linear SVM for each class on frozen features, from all images and from a few.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SvmCommand implements Callable<Integer> {
    @Mixin
    FeatureArguments features;

    @Option(
            names = "--costs",
            arity = "1..*",
            split = ",",
            paramLabel = "C",
            defaultValue = "1.0,10.0,100.0",
            description =
                    "Costs of images on the wrong side; of several the best for each class in cross-validation is taken (default ${DEFAULT-VALUE}).")
    List<Double> costs;

    @Option(
            names = "--shots",
            arity = "0..*",
            split = ",",
            paramLabel = "K",
            converter = PositiveNumber.class,
            description = "Learns from so many images of each class instead; without numbers 1 2 4 8 16 32 64 96.")
    List<Integer> shots;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            converter = PositiveNumber.class,
            description = "How often other images are chosen for --shots (default ${DEFAULT-VALUE}).")
    int repeats;

    @Option(
            names = "--voc",
            paramLabel = "FOLDER",
            description = "VOCdevkit/VOC2007, whose ImageSets/Main tells which classes are in an image.")
    Path voc;

    @Option(
            names = "--train-targets",
            paramLabel = "NPY",
            description = "Array [images, classes] of 1, 0 and -1 (not to count) for the images to learn from.")
    Path trainTargets;

    @Option(names = "--test-targets", paramLabel = "NPY", description = "The same for the images to test on.")
    Path testTargets;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the results there as well.")
    Path json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check();
        FeatureArguments.Split split = features.read();
        Targets known = targets(split.train(), trainTargets, "to learn from", split);
        Targets asked = targets(split.test(), testTargets, "to test on", split);
        if (known.classes().size() != asked.classes().size()) {
            throw ConfigException.of(
                    "the images to learn from have " + known.classes().size() + " classes, those to test on "
                            + asked.classes().size());
        }
        SvmBenchmark benchmark =
                new SvmBenchmark(split.train(), known, split.test(), asked, costs, features.frozen.seed);
        ObjectNode result = new ObjectMapper().createObjectNode();
        if (shots == null) {
            tellFull(benchmark.full(), known.classes(), result);
        } else {
            ArrayNode rows = result.putArray("low_shot");
            (shots.isEmpty() ? List.of(1, 2, 4, 8, 16, 32, 64, 96) : shots)
                    .forEach(k -> tellLowShot(benchmark, k, rows.addObject()));
        }
        if (json != null) {
            Files.writeString(json, result.toPrettyString() + "\n");
        }
        return 0;
    }

    private void check() {
        costs.stream().filter(cost -> !(cost > 0)).findFirst().ifPresent(cost -> {
            throw ConfigException.of("--costs has " + cost + ": expected positive numbers");
        });
        if ((trainTargets == null) != (testTargets == null) || (voc != null && trainTargets != null)) {
            throw ConfigException.of(
                    "give both --train-targets and --test-targets, or --voc, or none of them for labels of one class each");
        }
        if (json != null) {
            ArgumentChecks.writable(json);
        }
    }

    private Targets targets(FeatureTable table, Path file, String which, FeatureArguments.Split split)
            throws IOException {
        if (voc != null) {
            return Targets.ofVoc(voc, table.paths());
        }
        if (file == null) {
            LabelChecks.classes(table, which);
            int classes = Math.max(split.train().classCount(), split.test().classCount());
            return Targets.of(
                    table.labels(),
                    IntStream.range(0, classes).mapToObj(table::className).toList());
        }
        Targets targets = Targets.read(ArgumentChecks.existing(file));
        if (targets.size() != table.size()) {
            throw ConfigException.of(
                    file + " has " + targets.size() + " rows, but there are " + table.size() + " images " + which);
        }
        return targets;
    }

    private void tellFull(SvmBenchmark.Full full, List<String> classes, ObjectNode result) {
        for (int c = 0; c < classes.size(); c++) {
            print("%-20s AP %6.2f %%   cost %s", classes.get(c), full.precisions()[c], full.costs()[c]);
            result.withArray("classes")
                    .addObject()
                    .put("name", classes.get(c))
                    .put("ap", full.precisions()[c])
                    .put("cost", full.costs()[c]);
        }
        print("mAP %.2f %% over %d classes", full.map(), classes.size());
        result.put("map", full.map());
    }

    /** The reference, too, tells the cost that was best on the test images. */
    private void tellLowShot(SvmBenchmark benchmark, int k, ObjectNode row) {
        double[][] trials = IntStream.range(0, repeats)
                .mapToObj(repeat -> benchmark.lowShot(k, repeat))
                .toArray(double[][]::new);
        double[] means = IntStream.range(0, costs.size())
                .mapToDouble(cost -> Arrays.stream(trials)
                        .mapToDouble(trial -> trial[cost])
                        .average()
                        .orElseThrow())
                .toArray();
        int best = IntStream.range(0, means.length).reduce(0, (a, b) -> means[b] > means[a] ? b : a);
        double[] chosen =
                Arrays.stream(trials).mapToDouble(trial -> trial[best]).toArray();
        double deviation = Math.sqrt(Arrays.stream(chosen)
                .map(map -> (map - means[best]) * (map - means[best]))
                .average()
                .orElse(0));
        double least = Arrays.stream(chosen).min().orElse(Double.NaN);
        double most = Arrays.stream(chosen).max().orElse(Double.NaN);
        print(
                "k = %-4d mAP mean/min/max/std: %.2f / %.2f / %.2f / %.2f   best of the costs: %s",
                k, means[best], least, most, deviation, costs.get(best));
        row.put("k", k)
                .put("cost", costs.get(best))
                .put("mean", means[best])
                .put("min", least)
                .put("max", most)
                .put("std", deviation);
        ObjectNode byCost = row.putObject("mean_by_cost");
        IntStream.range(0, means.length).forEach(cost -> byCost.put(String.valueOf(costs.get(cost)), means[cost]));
    }

    private void print(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    }
}
