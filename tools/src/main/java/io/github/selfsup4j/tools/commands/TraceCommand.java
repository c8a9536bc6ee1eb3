package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.FileRunLog;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.trace.Tracer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace}: writes down what a model computes on given weights and inputs. */
@Command(
        name = "trace",
        description =
                "Writes down what a model computes on given weights and inputs, to compare it with another implementation.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TraceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "The config file; it needs no data.")
    Path config;

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "FILE",
            description = "Every parameter and buffer of the model.")
    Path weights;

    @Option(
            names = "--inputs",
            required = true,
            paramLabel = "FILE",
            description = ".npz with the arrays of the batch; draw.* replace random draws.")
    Path inputs;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where losses.json, grads.npz, outputs.npz and weights.pth go.")
    Path out;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1",
            converter = PositiveNumber.class,
            description = "Number of training steps (default ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = "--iters-per-epoch",
            paramLabel = "M",
            converter = PositiveNumber.class,
            description = "Iterations to an epoch; default N.")
    Integer iterationsPerEpoch;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:N (default ${DEFAULT-VALUE}).")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = "fp32, bf16 or fp16 (default ${DEFAULT-VALUE}).")
    String precision;

    @Mixin
    ConfigArguments arguments;

    @Override
    public Integer call() throws Exception {
        Experiment experiment = arguments.read(config);
        ArgumentChecks.existing(weights);
        ArgumentChecks.existing(inputs);
        ArgumentChecks.folder(out);
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.of(out),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(device),
                Optional.of(precision.equals("bf16") ? "bf16-always" : precision),
                Optional.of(0L)));
        FileRunLog log = new FileRunLog(line -> {});
        log.open(Files.createDirectories(out).resolve("trace.log"));
        new Tracer(experiment, settings, log)
                .trace(weights, inputs, steps, iterationsPerEpoch == null ? steps : iterationsPerEpoch);
        return 0;
    }
}
