package io.github.selfsup4j.config;

/**
 * Where a config value was written.
 *
 * @param file the file as the user named it, or the command line option
 * @param line counted from 1; 0 if there are no lines
 * @param column counted from 1; 0 if only the line matters
 */
public record Location(String file, int line, int column) {
    /** Of values that nobody wrote. */
    public static final Location NONE = new Location("", 0);

    /** A line of a file. */
    public Location(String file, int line) {
        this(file, line, 0);
    }

    /** Whether the command line, not a file, says it. */
    public boolean isCommandLine() {
        return file.startsWith(Overrides.OPTION);
    }

    /** {@code file:line:column}, without the parts that are 0. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }
}
