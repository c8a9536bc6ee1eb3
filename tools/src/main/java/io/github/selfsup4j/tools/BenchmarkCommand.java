package io.github.selfsup4j.tools;

import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.benchmark.Benchmark;
import io.github.selfsup4j.tools.benchmark.Timings;
import io.github.selfsup4j.tools.experiment.Environment;
import io.github.selfsup4j.tools.experiment.Experiment;
import io.github.selfsup4j.tools.experiment.StartOptions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code benchmark}: speed and memory of a config's training step, data pipeline or tokenizer. */
@Command(name = "benchmark", description = "Measures a config's training step, data pipeline or tokenizer.", mixinStandardHelpOptions = true, sortOptions = false)
final class BenchmarkCommand implements Callable<Integer> {
    private static final String QUIET = "evaluation=null ; checkpoint_config=null ; log_config=null";
    private static final String RANDOM_IMAGES = "data.train.data_source={type: RandomImages, _delete_: true}";

    enum Part { STEP, DATA, TOKENIZER }

    @Parameters(paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Option(names = "--batch-size", paramLabel = "B", description = "Images in a batch; default the config's.")
    Integer batchSize;

    @Option(names = "--iters", paramLabel = "N", defaultValue = "10", description = "Iterations to measure, after two that are not (default ${DEFAULT-VALUE}).")
    int iterations;

    @Option(names = "--precision", paramLabel = "P", description = "fp32, bf16 or fp16; default what the config's fp16 section means.")
    String precision;

    @Option(names = "--device", paramLabel = "DEVICE", description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "step",
            description = "step or tokenizer (on random images if the config's own are not there), or data (default ${DEFAULT-VALUE}).")
    Part part;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the numbers as JSON.")
    Path json;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Experiment experiment = arguments.read(config, with(QUIET));
        RunSettings settings = experiment.settings(new StartOptions(Optional.empty(), Optional.empty(), false, Optional.empty(),
                Optional.ofNullable(device), Optional.ofNullable(precision), Optional.of(0L)));
        int size = batchSize == null ? experiment.config().data.samplesPerGpu : batchSize;
        Experiment withoutData = arguments.read(config, with(QUIET, RANDOM_IMAGES));
        Benchmark benchmark = new Benchmark(experiment, withoutData, settings, new Warnings(spec), size, iterations);
        report(switch (part) {
            case STEP -> benchmark.steps();
            case DATA -> benchmark.data();
            case TOKENIZER -> benchmark.tokenizer();
        }, settings, size);
        return 0;
    }

    private List<String> with(String... further) {
        return Stream.concat(arguments.overrides.stream(), Arrays.stream(further).flatMap(options -> Arrays.stream(options.split(" ; ")))).toList();
    }

    private void report(Timings timings, RunSettings settings, int size) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode();
        node.put("part", part.name().toLowerCase(Locale.ROOT)).put("batch_size", size).put("images_per_second", timings.imagesPerSecond());
        timings.seconds().forEach(node::put);
        node.put("peak_mb", timings.peakMegabytes()).put("environment", Environment.describe(settings));
        if (json != null) {
            mapper.writeValue(json.toFile(), node);
        }
        spec.commandLine().getOut().println(mapper.writeValueAsString(node));
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
