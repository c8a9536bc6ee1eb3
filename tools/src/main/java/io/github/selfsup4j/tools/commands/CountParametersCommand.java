package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.complexity.ModuleTable;
import java.nio.file.Path;
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

/** {@code count-parameters}: how large a model is, module by module. */
@Command(
        name = "count-parameters",
        description = "Counts the parameters of a config's model, module by module.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CountParametersCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONFIG", description = "The config file.")
    Path config;

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
    public Integer call() {
        Experiment experiment = arguments.read(config);
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of("cpu"),
                Optional.of("fp32"),
                Optional.of(0L)));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            // Shapes are known without arrays, so not even the largest model takes memory.
            Algorithm model = RunBuilder.factory(new Kernels(manager, Precision.FP32), settings)
                    .build(RunBuilder.required(experiment.model(), "model"), Algorithm.class);
            ModuleTable table = ModuleTable.of(model.layer(), depth, Map.of());
            spec.commandLine()
                    .getOut()
                    .print(table.text(experiment.model().orElseThrow().entry().name(), false));
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "%,d parameters, %,d of them trained; buffers are not counted",
                            table.total().parameters(),
                            table.total().trained()));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
