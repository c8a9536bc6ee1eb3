package io.github.selfsup4j.io.disk;

import io.github.selfsup4j.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a config or a command names to be read. */
public final class InputFile {
    private InputFile() {}

    /**
     * Refuses a file that can't be read.
     *
     * @param purpose for the message, for example {@code a checkpoint to resume from}
     * @throws ConfigException if there is no such file, it is a folder, or it can't be read
     */
    public static void require(Path file, String purpose) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
            return;
        }
        String problem = Files.isDirectory(file)
                ? "it is a folder"
                : Files.exists(file)
                        ? "it can't be read"
                        : Files.isSymbolicLink(file)
                                ? "it is a link to something that is not there"
                                : "there is no such file";
        throw ConfigException.of(file + " was named as " + purpose + ", but " + problem);
    }
}
