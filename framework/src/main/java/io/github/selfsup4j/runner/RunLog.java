package io.github.selfsup4j.runner;

/** The text log of a run. */
public interface RunLog {
    /** A line for the record. */
    void info(String line);

    /** A line that a person should see. */
    void warn(String line);
}
