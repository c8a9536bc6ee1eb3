package io.github.selfsup4j.io;

import java.nio.file.Path;

/**
 * A file, or the {@link Tree} read from one, is not what it should be. The message says which file, what was
 * found and what was expected. Failures of the disk itself stay {@link java.io.IOException}.
 */
public final class FormatException extends RuntimeException {
    /** For something that is not tied to a file. */
    public FormatException(String message) {
        super(message);
    }

    /**
     * The usual form: {@code FILE: found FOUND; expected EXPECTED}.
     *
     * @param file where
     * @param found what is there
     * @param expected what should be there, and what to do about it where there is something to do
     */
    public FormatException(Path file, String found, String expected) {
        super(file + ": found " + found + "; expected " + expected);
    }
}
