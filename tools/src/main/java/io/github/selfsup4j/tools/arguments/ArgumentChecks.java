package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.tools.pictures.Fonts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses files that can't be meant, before any work is done. */
public final class ArgumentChecks {
    private ArgumentChecks() {}

    /** A file that is there. */
    public static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw ConfigException.of(
                    Files.isDirectory(file) ? file + " is a folder; expected a file" : "there is no file " + file);
        }
        return file;
    }

    /** A file that can be written: its folder is made if it is not there yet. */
    public static Path writable(Path file) {
        if (Files.isDirectory(file)) {
            throw ConfigException.of(file + " is a folder; expected the name of a file to write");
        }
        folder(file.toAbsolutePath().getParent());
        return file;
    }

    /** A picture with text on it that can be written: as {@link #writable}, and there are fonts. */
    public static Path picture(Path file) {
        Fonts.require();
        return writable(file);
    }

    /** A folder that can be written to, made if it is not there yet. */
    public static Path folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw ConfigException.of("can't make the folder " + folder
                    + "; is something on the way to it a file, or belongs to somebody else?");
        }
        if (!Files.isWritable(folder)) {
            throw ConfigException.of("the folder " + folder + " can't be written to");
        }
        return folder;
    }
}
