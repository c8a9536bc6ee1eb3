package io.github.selfsup4j.registry;

/** The classes found can't be registered as they are; the message says which, where they are, and why. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
