package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.embed.TrainedBackbone;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.export.BackboneExport;
import java.nio.file.Path;
import java.util.Arrays;
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

/** {@code export}: a backbone as a TorchScript file. */
@Command(
        name = "export",
        description = "Writes a backbone as TorchScript, which PyTorch and DJL run without this project.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONFIG", description = "The config file of the model.")
    Path config;

    @Parameters(
            index = "1",
            paramLabel = "CHECKPOINT",
            description = "The weights of the model, or of its backbone alone.")
    Path checkpoint;

    @Option(names = "--out", required = true, paramLabel = "FILE.pt", description = "The file to write.")
    Path out;

    @Option(
            names = "--normalized",
            description = {
                "The module takes images that are normalised already;",
                "without this option it takes images in [0, 1] and normalises them itself, as the config says."
            })
    boolean normalized;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ArgumentChecks.existing(checkpoint);
        if (!out.toString().endsWith(".pt")) {
            throw ConfigException.of("expected a name that ends in .pt for --out, found " + out);
        }
        ArgumentChecks.writable(out);
        Experiment experiment = TrainedBackbone.read(further -> arguments.read(
                config,
                Stream.concat(arguments.overrides.stream(), further.stream()).toList()));
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of("cpu"),
                Optional.of("fp32"),
                Optional.of(0L)));
        tell(new BackboneExport(experiment, settings, normalized).write(checkpoint, out));
        return 0;
    }

    private void tell(BackboneExport.Result result) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %s, images %s %s -> %s%n",
                        out,
                        result.backbone(),
                        result.input(),
                        normalized ? "normalised" : "in [0, 1]",
                        result.features().size() == 1 ? result.features().get(0) : result.features());
        for (ChannelScaling scaling : result.scalings()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "normalises inside with mean %s, std %s%n",
                            Arrays.toString(scaling.mean()), Arrays.toString(scaling.std()));
        }
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "read back: features equal the model's within %.1e%n", result.difference());
        spec.commandLine().getOut().flush();
    }
}
