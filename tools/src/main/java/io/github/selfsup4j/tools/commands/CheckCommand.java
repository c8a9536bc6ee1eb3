package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Problem;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.tools.Main;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: validates configs without touching data or device. */
@Command(
        name = "check",
        description = "Validates configs without touching data or device, and prints every problem.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", arity = "1..*", description = "Config files.")
    List<Path> configs;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        int bad = 0;
        for (Path config : configs) {
            Problems problems = new Problems();
            read(config, problems);
            problems.all().stream()
                    .map(Problem::toString)
                    .forEach(spec.commandLine().getErr()::println);
            bad += problems.isEmpty() ? 0 : 1;
            spec.commandLine()
                    .getOut()
                    .println(config + ": "
                            + (problems.isEmpty() ? "ok" : problems.all().size() + " problem(s)"));
        }
        return bad == 0 ? 0 : Main.WRONG_USAGE;
    }

    private void read(Path config, Problems problems) {
        try {
            arguments.read(config, arguments.overrides, problems);
        } catch (ConfigException unreadable) {
            if (problems.isEmpty()) {
                unreadable.problems().forEach(problems::add);
            }
        }
    }
}
