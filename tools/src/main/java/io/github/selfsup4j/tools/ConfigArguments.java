package io.github.selfsup4j.tools;

import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.tools.experiment.Experiment;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;

/** What every command with a config takes. */
final class ConfigArguments {
    @Option(names = "--cfg-options", arity = "1..*", paramLabel = "KEY=VALUE", description = "Overrides values of the config, for example optimizer.lr=1e-3.")
    List<String> overrides = List.of();

    @Option(names = "--plugins", arity = "1..*", paramLabel = "PATH", description = "Plug-in jars, folders of jars, or folders of classes.")
    List<Path> plugIns = List.of();

    /** Reads and checks a config. @throws io.github.selfsup4j.config.ConfigException with every problem */
    Experiment read(Path config) {
        return read(config, overrides);
    }

    /** As {@link #read(Path)}, with other overrides than those of the command line. */
    Experiment read(Path config, List<String> overrides) {
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(config, overrides, plugIns, problems);
        problems.throwIfAny();
        return experiment;
    }
}
