package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.complexity.ModelCost;
import io.github.selfsup4j.tools.complexity.ModuleTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flops}: what a model computes for one image, module by module. */
@Command(
        name = "flops",
        description = "Counts the multiply-adds of a config's model for one image, module by module, as fvcore does.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FlopsCommand implements Callable<Integer> {
    private static final int USUAL = 224;

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Option(
            names = "--shape",
            arity = "1..2",
            paramLabel = "SIDE",
            converter = PositiveNumber.class,
            description = "Side of the image in pixels, or height and width; default what the backbone needs, or 224.")
    List<Integer> shape = List.of();

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "2",
            converter = PositiveNumber.class,
            description = "How far below the model modules are listed (default ${DEFAULT-VALUE}).")
    int depth;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Experiment experiment = arguments.read(config);
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of("cpu"),
                Optional.of("fp32"),
                Optional.of(0L)));
        ModelCost cost = new ModelCost();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Algorithm model = ModelBuilder.build(
                    RunBuilder.required(experiment.model(), "model"),
                    RunBuilder.factory(new Kernels(manager, Precision.FP32, cost), settings),
                    manager,
                    0);
            Size size = size(experiment);
            Map<String, Long> byModule = cost.count(model, size.height(), size.width(), manager);
            ModuleTable table = ModuleTable.of(model.layer(), depth, byModule);
            spec.commandLine()
                    .getOut()
                    .print(table.text(experiment.model().orElseThrow().entry().name(), true));
            long total = byModule.values().stream().mapToLong(Long::longValue).sum();
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "%.3f GMACs for an image of %d x %d through the %s",
                            total * 1e-9,
                            size.height(),
                            size.width(),
                            model instanceof Classifier ? "classifier" : "backbone"));
            spec.commandLine()
                    .getOut()
                    .println(
                            "Counted as fvcore does: a multiplication and the addition of its result are one; linear maps, matrix products, convolutions,"
                                    + " norms and adaptive pooling count; additions, activations and softmax do not. FLOPs are about twice as many.");
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private Size size(Experiment experiment) {
        if (!shape.isEmpty()) {
            return new Size(shape.get(0), shape.get(shape.size() - 1));
        }
        return experiment
                .model()
                .flatMap(model -> model.config("backbone", Backbone.Settings.class))
                .flatMap(Backbone.Settings::imageSize)
                .orElse(Size.square(USUAL));
    }
}
