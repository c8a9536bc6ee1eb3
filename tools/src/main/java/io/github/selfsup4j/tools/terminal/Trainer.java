package io.github.selfsup4j.tools.terminal;

import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.FileRunLog;
import io.github.selfsup4j.experiment.ResumePoint;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.experiment.TrainingSession;
import io.github.selfsup4j.experiment.WorkDirectory;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.RunFailedException;
import io.github.selfsup4j.runner.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Trains for a person at a terminal, who may interrupt it. */
public final class Trainer {
    private Trainer() {}

    /**
     * Trains what a config describes.
     *
     * @param furtherHooks besides the config's
     * @return the exit code, 0 unless it was interrupted
     */
    public static int train(
            Experiment experiment, StartOptions options, List<Hook> furtherHooks, Console console, PrintWriter err)
            throws IOException {
        FileRunLog log = new FileRunLog(console::line);
        try (InterruptHook interrupts = new InterruptHook(console::line);
                WorkDirectory directory = WorkDirectory.of(experiment.workDirectory(options), log::warn)) {
            List<Hook> hooks = Stream.concat(Stream.of(new ProgressHook(console), interrupts), furtherHooks.stream())
                    .toList();
            try {
                train(experiment, options, directory, log, hooks);
            } catch (RunFailedException e) {
                if (interrupts.exitCode().isEmpty()) {
                    throw e;
                }
                err.println(e.getMessage());
                return interrupts.exitCode().getAsInt();
            }
            return 0;
        }
    }

    private static void train(
            Experiment experiment, StartOptions options, WorkDirectory directory, FileRunLog log, List<Hook> hooks)
            throws IOException {
        try {
            Optional<ResumePoint> resume = ResumePoint.find(experiment, options, log);
            StartOptions seeded = resume.isPresent()
                    ? options.orSeed(resume.get().checkpoint().progress().seed())
                    : options;
            RunSettings settings = experiment.settings(seeded);
            new TrainingSession(experiment, settings, log, hooks).train(seeded, resume, () -> {
                directory.hold();
                log.open(settings.workDirectory().resolve(settings.timestamp() + ".log"));
            });
        } catch (IOException | RuntimeException e) {
            log.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
