package io.github.selfsup4j.tools.terminal;

import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.runner.CheckpointNotSavedException;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * Lets a run that is asked to end (Ctrl-C, {@code SIGTERM}, a terminal that is closed) finish its iteration and write a
 * checkpoint first. Who asks again does not want to wait: the process ends at once, as it does before training, when
 * there is nothing to save.
 */
final class InterruptHook implements Hook, AutoCloseable {
    private enum Signal {
        INT(2),
        TERM(15),
        HUP(1);

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        /** Shells' convention for the exit code of a process that a signal ended. */
        int exitCode() {
            return 128 + number;
        }
    }

    private final Consumer<String> console;
    private final Map<Signal, Object> previous = new EnumMap<>(Signal.class);
    private volatile boolean training;
    private volatile Signal received;

    /** @param console shows a line to the person who interrupts */
    InterruptHook(Consumer<String> console) {
        this.console = console;
        for (Signal signal : Signal.values()) {
            // Windows has no HUP; a Java machine started with -Xrs leaves signals alone.
            Object before = Signals.register(signal.name(), () -> handle(signal));
            if (before != null) {
                previous.put(signal, before);
            }
        }
    }

    private void handle(Signal signal) {
        if (!training || received != null) {
            Runtime.getRuntime().halt(signal.exitCode());
        }
        received = signal;
        console.accept("SIG" + signal
                + ": ending after this iteration, with a checkpoint; a second time ends at once, without one");
    }

    /** After every other hook, so that the checkpoint holds what they did. */
    @Override
    public Priority priority() {
        return Priority.LOWEST;
    }

    @Override
    public void beforeRun(RunContext run) {
        training = true;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (received == null) {
            return;
        }
        String message = "interrupted after iteration " + (run.iteration() + 1) + "; " + save(run);
        run.log().warn(message);
        run.stop(message);
    }

    private static String save(RunContext run) {
        Path file = run.workDirectory().resolve("iter_" + (run.iteration() + 1) + ".pth");
        try {
            run.saveCheckpoint(file, true);
            AtomicFile.link(run.workDirectory().resolve("latest.pth"), file);
        } catch (CheckpointNotSavedException | IOException e) {
            return e.getMessage()
                    + run.lastCheckpoint()
                            .map(last -> "; " + last + " is the last checkpoint, --auto-resume goes on from there")
                            .orElse("; there is no checkpoint to go on from");
        }
        return "saved as " + file + ", --auto-resume goes on from there";
    }

    /**
     * The exit code of a run that was interrupted, 130 after Ctrl-C and 143 after {@code SIGTERM}; empty if it was not.
     */
    OptionalInt exitCode() {
        return received == null ? OptionalInt.empty() : OptionalInt.of(received.exitCode());
    }

    /** Leaves signals to those who had them before. */
    @Override
    public void close() {
        previous.forEach((signal, before) -> Signals.unregister(signal.name(), before));
    }
}
