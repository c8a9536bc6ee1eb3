package io.github.selfsup4j.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.DataException;
import io.github.selfsup4j.inject.ComponentException;
import io.github.selfsup4j.io.disk.DiskProblem;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.registry.RegistryException;
import io.github.selfsup4j.runner.CheckpointNotSavedException;
import io.github.selfsup4j.runner.RunFailedException;
import io.github.selfsup4j.tools.commands.AttentionCommand;
import io.github.selfsup4j.tools.commands.BenchmarkCommand;
import io.github.selfsup4j.tools.commands.CheckCommand;
import io.github.selfsup4j.tools.commands.ComponentsCommand;
import io.github.selfsup4j.tools.commands.ConvertCommand;
import io.github.selfsup4j.tools.commands.CountParametersCommand;
import io.github.selfsup4j.tools.commands.DoctorCommand;
import io.github.selfsup4j.tools.commands.ExportCommand;
import io.github.selfsup4j.tools.commands.ExtractBackboneCommand;
import io.github.selfsup4j.tools.commands.ExtractCommand;
import io.github.selfsup4j.tools.commands.FlopsCommand;
import io.github.selfsup4j.tools.commands.KnnCommand;
import io.github.selfsup4j.tools.commands.LinearCommand;
import io.github.selfsup4j.tools.commands.NeighborsCommand;
import io.github.selfsup4j.tools.commands.PretrainCommand;
import io.github.selfsup4j.tools.commands.PrintConfigCommand;
import io.github.selfsup4j.tools.commands.PublishCommand;
import io.github.selfsup4j.tools.commands.ReconstructCommand;
import io.github.selfsup4j.tools.commands.ScheduleCommand;
import io.github.selfsup4j.tools.commands.SvmCommand;
import io.github.selfsup4j.tools.commands.TestCommand;
import io.github.selfsup4j.tools.commands.TraceCommand;
import io.github.selfsup4j.tools.commands.TrainCommand;
import io.github.selfsup4j.tools.commands.TsneCommand;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: one class a command. */
@Command(
        name = "selfsup",
        description = "Self-supervised pretraining from config files.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainCommand.class,
            PretrainCommand.class,
            CheckCommand.class,
            PrintConfigCommand.class,
            TraceCommand.class,
            ScheduleCommand.class,
            ConvertCommand.class,
            ExtractBackboneCommand.class,
            PublishCommand.class,
            BenchmarkCommand.class,
            TestCommand.class,
            ExtractCommand.class,
            KnnCommand.class,
            LinearCommand.class,
            SvmCommand.class,
            CountParametersCommand.class,
            FlopsCommand.class,
            TsneCommand.class,
            NeighborsCommand.class,
            AttentionCommand.class,
            ReconstructCommand.class,
            ExportCommand.class,
            ComponentsCommand.class,
            DoctorCommand.class
        })
public final class Main {
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    /** Whether errors come with their stack traces. */
    @Option(names = "--debug", description = "Show stack traces.", scope = ScopeType.INHERIT)
    public boolean debug;

    /** Runs a command and exits: 0 on success, 1 on a failed run, 2 on wrong usage or a bad config. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs a command.
     *
     * @return its exit code
     */
    public static int run(String... args) {
        return run(
                new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, UTF_8)), true),
                new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.err, UTF_8)), true),
                args);
    }

    /** Runs a command that writes elsewhere than to the process's streams. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main).setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> main.report(e, command));
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            err.println("out of memory (" + e.getMessage()
                    + "); give the process more, for example SELFSUP_JAVA_ARGS=-Xmx8g");
            return FAILED;
        }
    }

    private int report(Exception e, CommandLine command) {
        boolean mistake =
                e instanceof ConfigException || e instanceof ComponentException || e instanceof RegistryException;
        boolean known = mistake
                || e instanceof RunFailedException
                || e instanceof CheckpointNotSavedException
                || e instanceof DataException
                || e instanceof FormatException
                || e instanceof IOException
                || e instanceof UncheckedIOException;
        command.getErr().println(command.getColorScheme().errorText(known ? message(e) : e.toString()));
        if (debug) {
            e.printStackTrace(command.getErr());
        } else if (!known) {
            command.getErr().println("This was not expected; --debug shows where it comes from.");
        }
        return mistake ? WRONG_USAGE : FAILED;
    }

    /** Java's own messages of file systems are nothing but the path. */
    private static String message(Exception e) {
        Throwable cause =
                e instanceof UncheckedIOException && e.getCause().toString().equals(e.getMessage()) ? e.getCause() : e;
        if (cause instanceof FileSystemException file) {
            return file.getFile() + ": " + DiskProblem.reason(file);
        }
        return cause.getMessage();
    }
}
