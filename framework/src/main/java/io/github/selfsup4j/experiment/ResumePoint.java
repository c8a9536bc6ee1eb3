package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.ConfigChange;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.io.disk.InputFile;
import io.github.selfsup4j.runner.Checkpoint;
import io.github.selfsup4j.runner.RunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a run goes on.
 *
 * @param file the checkpoint's
 * @param checkpoint with optimizer state
 */
public record ResumePoint(Path file, Checkpoint checkpoint) {
    /** What is said about a start only, and may differ. */
    private static final Set<String> STARTING =
            Set.of("resume_from", "auto_resume", "load_from", "work_dir", "revise_keys");
    /** Keys of a model that name files, which may move. */
    private static final String FILES = "(.*\\.)?(checkpoint|init_cfg|pretrained|tokenizer_path)(\\..*)?";

    /**
     * The checkpoint that command line or config ask for.
     *
     * @return empty if the run starts anew
     * @throws ConfigException if the checkpoint is not there, or none can be resumed from
     * @throws IOException if it can't be read
     */
    public static Optional<ResumePoint> find(Experiment experiment, StartOptions options, RunLog log)
            throws IOException {
        RunConfig config = experiment.config();
        Optional<Path> named = options.resumeFrom()
                .or(() -> Optional.ofNullable(config.resumeFrom).map(Path::of));
        if (named.isPresent()) {
            InputFile.require(named.get(), "a checkpoint to resume from");
            return Optional.of(new ResumePoint(named.get(), Checkpoint.read(named.get())));
        }
        if (!options.autoResume() && !config.autoResume) {
            return Optional.empty();
        }
        Path folder = experiment.workDirectory(options);
        Optional<ResumePoint> newest = Checkpoints.newest(Checkpoints.folders(folder, config.checkpointConfig), log);
        log.info(newest.map(point -> "resuming from " + point.file())
                .orElse("no checkpoint in " + folder + " yet: starting anew"));
        return newest;
    }

    /**
     * Tells what has changed in the config since the checkpoint was written.
     *
     * @throws ConfigException if the run can't be continued with it
     */
    void compare(Experiment experiment, boolean allowChanges, RunLog log) {
        List<ConfigChange> changes = changes(experiment, log);
        if (changes.isEmpty()) {
            return;
        }
        List<ConfigChange> grave =
                changes.stream().filter(change -> isGrave(change.path())).toList();
        if (!grave.isEmpty() && !allowChanges) {
            throw ConfigException.of(
                    "can't resume from " + file
                            + ": the config has changed since it was written, in what a run can't change on its way:"
                            + lines(grave)
                            + "\nput that back; or start a new run from its weights, with --load-from; or resume with what fits, with --allow-changes");
        }
        log.warn("the config has changed since " + file + " was written:" + lines(changes));
    }

    private List<ConfigChange> changes(Experiment experiment, RunLog log) {
        if (checkpoint.config().isEmpty()) {
            return List.of();
        }
        try {
            return ConfigChange.between(
                            ConfigReader.readText(checkpoint.config(), file.toString()),
                            Experiment.effectiveRoot(experiment.file()))
                    .stream()
                    .filter(change -> !STARTING.contains(change.path()))
                    .toList();
        } catch (ConfigException foreign) {
            log.info("the config in " + file + " is not ours, so it is not compared");
            return List.of();
        }
    }

    /**
     * The model and the kind of optimizer; other parameters and another length of the data are found when they are
     * loaded.
     */
    private static boolean isGrave(String path) {
        boolean model = path.equals("model") || (path.startsWith("model.") && !path.matches(FILES));
        return model || path.equals("optimizer.type");
    }

    private static String lines(List<ConfigChange> changes) {
        return changes.stream().map(change -> "\n  " + change).collect(Collectors.joining());
    }
}
