package io.github.selfsup4j.hooks.log;

import io.github.selfsup4j.io.disk.DiskProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies the logs of a run to another folder. */
final class LogCopies {
    private LogCopies() {}

    /**
     * Copies files whose names end with one of {@code suffixes}, in subfolders too.
     *
     * @param keep whether the originals stay
     */
    static void copy(Path from, Path to, List<String> suffixes, boolean keep) {
        try (Stream<Path> files = Files.walk(from)) {
            List<Path> logs = files.filter(Files::isRegularFile)
                    .filter(file -> suffixes.stream().anyMatch(file.toString()::endsWith))
                    .toList();
            for (Path log : logs) {
                Path copy = to.resolve(from.relativize(log).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
                if (!keep) {
                    Files.delete(log);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy logs to " + to + ": " + DiskProblem.reason(e), e);
        }
    }
}
