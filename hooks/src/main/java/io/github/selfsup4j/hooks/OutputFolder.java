package io.github.selfsup4j.hooks;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.runner.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a hook with an {@code out_dir} puts its files: in a folder of the run's name there, or in the run's own folder.
 */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * The folder.
     *
     * @param outDir may be null or empty, for the run's own
     */
    public static Path of(String outDir, RunContext run) {
        Path own = run.workDirectory();
        return outDir == null || outDir.isEmpty()
                ? own
                : Path.of(outDir).resolve(own.toAbsolutePath().getFileName());
    }

    /** The folder, cleared of files that a killed run left half-written. */
    static Path prepare(String outDir, RunContext run) {
        Path folder = of(outDir, run);
        try {
            if (Files.isDirectory(folder)) {
                AtomicFile.deleteLeftovers(folder);
            }
        } catch (IOException e) {
            run.log().warn("can't tidy up " + folder + ": " + e.getMessage());
        }
        return folder;
    }

    /** Refuses what is no folder of this machine. */
    public static void check(String outDir, Checks checks) {
        checks.require(
                outDir == null || !outDir.contains("://"),
                "outDir",
                "a folder of this machine (storage services are not supported)");
    }
}
