package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.io.disk.DiskProblem;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.runner.Checkpoint;
import io.github.selfsup4j.runner.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the checkpoint that a run is resumed from. */
final class Checkpoints {
    private static final String LATEST = "latest.pth";

    private Checkpoints() {}

    /**
     * The newest checkpoint that is whole, in the order: {@code latest.pth}, then by time. One that is damaged is told,
     * and the one before it taken.
     *
     * @return empty if there is none at all
     * @throws ConfigException if there are some, and all of them are damaged
     */
    static Optional<ResumePoint> newest(List<Path> folders, RunLog log) throws IOException {
        List<Path> candidates = candidates(folders);
        for (Path file : candidates) {
            try {
                Checkpoint checkpoint = Checkpoint.read(file);
                if (checkpoint.optimizer().isPresent()) {
                    return Optional.of(new ResumePoint(file, checkpoint));
                }
                log.warn(file + " holds no optimizer state, so it can't be resumed from");
            } catch (FormatException e) {
                log.warn("can't resume from a damaged checkpoint: " + e.getMessage());
            } catch (IOException e) {
                log.warn("can't resume from " + file + ": " + DiskProblem.reason(e));
            }
        }
        if (!candidates.isEmpty()) {
            throw ConfigException.of(
                    "no checkpoint in " + folders.get(0) + " can be resumed from: see the warnings above;"
                            + " without --auto-resume, or with another --work-dir, the run starts anew");
        }
        return Optional.empty();
    }

    /**
     * The folders that checkpoints of a run are in: its own and, if there is one, that of
     * {@code checkpoint_config.out_dir}.
     */
    static List<Path> folders(Path workDirectory, MapNode checkpointConfig) {
        List<Path> folders = new ArrayList<>(List.of(workDirectory));
        if (checkpointConfig != null) {
            checkpointConfig
                    .text("out_dir")
                    .filter(name -> !name.isEmpty())
                    .ifPresent(name -> folders.add(
                            Path.of(name).resolve(workDirectory.toAbsolutePath().getFileName())));
        }
        return folders;
    }

    private static List<Path> candidates(List<Path> folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> inside = Files.list(folder)) {
                    inside.filter(Checkpoints::isCandidate).forEach(files::add);
                }
            }
        }
        Comparator<Path> byTime = Comparator.comparing(Checkpoints::modified);
        files.sort(Comparator.comparing((Path file) -> !isLatest(file)).thenComparing(byTime.reversed()));
        return files;
    }

    /**
     * A link that points nowhere is one, to be told of; the best checkpoint of an evaluation is a copy of another one.
     */
    private static boolean isCandidate(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".pth") && !name.startsWith("best_") && !Files.isDirectory(file);
    }

    private static boolean isLatest(Path file) {
        return file.getFileName().toString().equals(LATEST);
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
