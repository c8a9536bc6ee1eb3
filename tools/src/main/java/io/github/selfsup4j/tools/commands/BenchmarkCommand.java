package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.experiment.Environment;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.benchmark.Benchmark;
import io.github.selfsup4j.tools.benchmark.BenchmarkReport;
import io.github.selfsup4j.tools.benchmark.Timings;
import java.io.IOException;
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

/** {@code benchmark}: speed and memory of a config's training step, data pipeline or tokenizer. */
@Command(
        name = "benchmark",
        description = "Measures a config's training step, data pipeline or tokenizer.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class BenchmarkCommand implements Callable<Integer> {
    private static final List<String> QUIET = List.of("evaluation=null", "checkpoint_config=null", "log_config=null");

    enum Part {
        STEP,
        DATA,
        TOKENIZER
    }

    @Parameters(paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Option(
            names = "--batch-size",
            paramLabel = "B",
            converter = PositiveNumber.class,
            description = "Images in a batch; default the config's.")
    Integer batchSize;

    @Option(
            names = "--iters",
            paramLabel = "N",
            defaultValue = "10",
            converter = PositiveNumber.class,
            description = "Iterations to measure, after two that are not (default ${DEFAULT-VALUE}).")
    int iterations;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "fp32, bf16 (on processors fast at it, otherwise fp32), bf16-always or fp16; default what the config's fp16 section means.")
    String precision;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "step",
            description =
                    "step or tokenizer (on random images if the config's own are not there), or data (default ${DEFAULT-VALUE}).")
    Part part;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Writes the numbers as JSON: images_per_second, seconds (of a step) and those of its parts, peak_mb.")
    Path json;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (json != null) {
            ArgumentChecks.writable(json);
        }
        Experiment experiment = arguments.read(config, overrides());
        StartOptions options = new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.ofNullable(device),
                Optional.ofNullable(precision),
                Optional.of(0L));
        RunSettings settings = experiment.settings(options);
        experiment.remark(options, settings).ifPresent(spec.commandLine().getErr()::println);
        int size = batchSize == null ? experiment.config().data.samplesPerGpu : batchSize;
        String randomImages = "data.train.data_source={type: RandomImages, size: " + size + ", _delete_: true}";
        Benchmark benchmark = new Benchmark(
                experiment,
                () -> arguments.read(config, overrides(randomImages)),
                settings,
                new Warnings(spec),
                size,
                iterations);
        Timings timings =
                switch (part) {
                    case STEP -> benchmark.steps();
                    case DATA -> benchmark.data();
                    case TOKENIZER -> benchmark.tokenizer();
                };
        report(new BenchmarkReport(
                part.name().toLowerCase(Locale.ROOT), size, timings, Environment.describe(settings)));
        return 0;
    }

    private List<String> overrides(String... further) {
        return Stream.of(arguments.overrides, QUIET, List.of(further))
                .flatMap(List::stream)
                .toList();
    }

    private void report(BenchmarkReport report) throws IOException {
        if (json != null) {
            report.writeJson(json);
        }
        spec.commandLine().getOut().println(report);
        spec.commandLine().getOut().flush();
    }

    /** Only what a person should see. */
    private record Warnings(CommandSpec spec) implements RunLog {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            spec.commandLine().getErr().println(line);
        }
    }
}
