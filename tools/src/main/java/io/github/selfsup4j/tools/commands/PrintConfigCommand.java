package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigWriter;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code print-config}: the effective config, be its components right or wrong; {@code check} tells that. */
@Command(name = "print-config", description = "Prints the effective config.", mixinStandardHelpOptions = true)
public final class PrintConfigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Option(names = "--explain", description = "With the file and line that each value comes from.")
    boolean explain;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Problems problems = new Problems();
        ConfigFile file = arguments.readFile(config, problems);
        problems.throwIfAny();
        MapNode root = Experiment.effectiveRoot(file);
        spec.commandLine()
                .getOut()
                .print(
                        json
                                ? ConfigWriter.toJson(root)
                                : explain ? ConfigWriter.explain(root) : ConfigWriter.toYaml(root));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
