package io.github.selfsup4j.runner;

/** A run was ended as failed; the message is for a person. */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param reason what a person is told */
    public RunFailedException(String reason) {
        super(reason);
    }
}
