package io.github.selfsup4j.data;

/** Training can't go on for lack of data; the message says which sample and why. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for a person. */
    public DataException(String message) {
        super(message);
    }

    /** With a message for a person, and what led to it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
