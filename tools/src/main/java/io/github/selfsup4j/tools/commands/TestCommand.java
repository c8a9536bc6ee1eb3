package io.github.selfsup4j.tools.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.embed.TrainedBackbone;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.accuracy.AccuracyTest;
import io.github.selfsup4j.tools.accuracy.Outcome;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test}: the accuracy of a classifier's checkpoint. */
@Command(
        name = "test",
        description = "Tells how many images of data.test (or else data.val) a classifier gets right.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TestCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Parameters(index = "1", paramLabel = "CHECKPOINT", description = "The model's weights.")
    Path checkpoint;

    @Option(
            names = "--topk",
            split = ",",
            paramLabel = "K",
            defaultValue = "1,5",
            converter = PositiveNumber.class,
            description = "How many of the highest scores may hold the label (default ${DEFAULT-VALUE}).")
    List<Integer> topk;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for accuracy.json, and confusion.csv and confusion.png of every classifier.")
    Path out;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = "fp32, bf16, bf16-always or fp16 (default ${DEFAULT-VALUE}).")
    String precision;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ArgumentChecks.existing(checkpoint);
        if (out != null) {
            ArgumentChecks.folder(out);
        }
        Experiment experiment = TrainedBackbone.read(further -> arguments.read(
                config,
                Stream.concat(arguments.overrides.stream(), further.stream()).toList()));
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.ofNullable(device),
                Optional.of(precision),
                Optional.of(0L)));
        List<Outcome> outcomes =
                new AccuracyTest(experiment, settings, spec.commandLine().getErr()::println).run(checkpoint);
        ObjectNode accuracies = new ObjectMapper().createObjectNode();
        for (Outcome outcome : outcomes) {
            topk.forEach(k -> tell(outcome, k, accuracies));
        }
        spec.commandLine().getOut().flush();
        if (out != null) {
            write(outcomes, accuracies);
        }
        return 0;
    }

    private void tell(Outcome outcome, int k, ObjectNode accuracies) {
        String name = outcome.name() + "_top" + k;
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT, "%-14s %6.2f %% of %d images", name, outcome.top(k), outcome.images()));
        accuracies.put(name, outcome.top(k));
    }

    private void write(List<Outcome> outcomes, ObjectNode accuracies) throws IOException {
        Files.writeString(out.resolve("accuracy.json"), accuracies.toPrettyString() + "\n");
        for (Outcome outcome : outcomes) {
            String name = outcomes.size() == 1 ? "confusion" : "confusion_" + outcome.name();
            outcome.confusion().writeCsv(out.resolve(name + ".csv"));
            outcome.confusion().writePicture(out.resolve(name + ".png"));
        }
    }
}
