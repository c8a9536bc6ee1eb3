package io.github.selfsup4j.io.disk;

import io.github.selfsup4j.io.tree.Tree;
import java.nio.file.Path;

/**
 * A file, or the {@link Tree} read from one, is not what it should be. The message says which file, what was found and
 * what was expected. Failures of the disk itself stay {@link java.io.IOException}.
 */
public final class FormatException extends RuntimeException {
    /** Names in a hostile file can be as long as the file. */
    private static final int LONGEST_TEXT = 500;

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
        super(file + ": found " + shortened(found) + "; expected " + shortened(expected));
    }

    private static String shortened(String text) {
        int half = LONGEST_TEXT / 2;
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, half) + " ... " + text.substring(text.length() - half);
    }
}
