package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.AllowedPaths;
import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.experiment.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command with a config takes. */
public final class ConfigArguments {
    @Option(
            names = "--cfg-options",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "Overrides values of the config, for example optimizer.lr=1e-3.")
    public List<String> overrides = List.of();

    @Option(
            names = "--plugins",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Plug-in jars, folders of jars, or folders of classes.")
    List<Path> plugIns = List.of();

    @Option(
            names = "--restrict-paths",
            description = "For configs of strangers: they may name no file outside their project, and no plug-ins.")
    boolean restrictPaths;

    /**
     * Reads and checks a config.
     *
     * @throws io.github.selfsup4j.config.ConfigException with every problem
     */
    public Experiment read(Path config) {
        return read(config, overrides);
    }

    /** As {@link #read(Path)}, with other overrides than those of the command line. */
    public Experiment read(Path config, List<String> overrides) {
        Problems problems = new Problems();
        Experiment experiment = read(config, overrides, problems);
        problems.throwIfAny();
        return experiment;
    }

    /** Reads and checks a config. What is returned is of use only if there are no problems. */
    public Experiment read(Path config, List<String> overrides, Problems problems) {
        return Experiment.read(config, overrides, plugIns, allowed(config), problems);
    }

    /** Reads a config, be its components right or wrong. */
    public ConfigFile readFile(Path config, Problems problems) {
        return ConfigReader.read(config, overrides, System.getenv(), allowed(config), problems);
    }

    /** Which files a config may name; empty for any. */
    public Optional<AllowedPaths> allowed(Path config) {
        return restrictPaths ? Optional.of(AllowedPaths.of(config)) : Optional.empty();
    }
}
