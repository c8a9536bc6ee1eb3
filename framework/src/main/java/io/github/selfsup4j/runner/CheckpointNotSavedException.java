package io.github.selfsup4j.runner;

/** A checkpoint was not written, and no file was touched; the message says why. The run can go on. */
public final class CheckpointNotSavedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param cause null if it was not to be written */
    public CheckpointNotSavedException(String message, Throwable cause) {
        super(message, cause);
    }
}
