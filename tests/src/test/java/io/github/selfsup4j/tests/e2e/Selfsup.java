package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.selfsup4j.tools.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real command line: the launcher script in a process of its own or, where many commands would take long, without a
 * new process.
 */
final class Selfsup {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final long MINUTES = 15;

    /**
     * What a command gave.
     *
     * @param exitCode its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Result(int exitCode, String out, String err) {
        Result succeeded() {
            assertEquals(0, exitCode, () -> "exit code " + exitCode + "\n" + out + "\n" + err);
            return this;
        }

        Result failedWith(int expected) {
            assertEquals(expected, exitCode, () -> "exit code " + exitCode + "\n" + out + "\n" + err);
            return this;
        }

        /** The message of a command that was used wrongly, or whose config or files are wrong. */
        String refused() {
            failedWith(2);
            assertFalse(err.contains("This was not expected") || err.contains("\tat "), err);
            return err.strip();
        }
    }

    private Selfsup() {}

    /** The project's folder. */
    static Path root() {
        return ROOT;
    }

    /**
     * Starts a command.
     *
     * @param folder its output goes to files in there
     */
    static Process start(Path folder, String... arguments) throws IOException {
        return startIn("SELFSUP_JAVA_ARGS", "-Xmx512m", folder, arguments);
    }

    private static Process startIn(String variable, String value, Path folder, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("tools/selfsup").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout.txt").toFile())
                .redirectError(folder.resolve("stderr.txt").toFile());
        builder.environment().put(variable, value);
        return builder.start();
    }

    /** Runs a command to its end. */
    static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
        return end(start(folder, arguments), folder, arguments);
    }

    /** Runs a command to its end with an option of the Java machine. */
    static Result runWith(String javaOption, Path folder, String... arguments)
            throws IOException, InterruptedException {
        return runIn("SELFSUP_JAVA_ARGS", javaOption, folder, arguments);
    }

    /** Runs a command to its end with an environment variable. */
    static Result runIn(String variable, String value, Path folder, String... arguments)
            throws IOException, InterruptedException {
        return end(startIn(variable, value, folder, arguments), folder, arguments);
    }

    private static Result end(Process process, Path folder, String... arguments)
            throws IOException, InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(List.of(arguments) + " did not end within " + MINUTES + " minutes\n"
                    + text(folder, "stdout.txt") + text(folder, "stderr.txt"));
        }
        return new Result(process.exitValue(), text(folder, "stdout.txt"), text(folder, "stderr.txt"));
    }

    /** Runs a command within this process, from the working directory of the tests. */
    static Result call(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static String text(Path folder, String file) throws IOException {
        String text = Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        return text.replaceAll("(?m)^Picked up JAVA_TOOL_OPTIONS.*\\R", "");
    }
}
