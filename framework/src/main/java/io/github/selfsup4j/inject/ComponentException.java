package io.github.selfsup4j.inject;

/** A component's constructor failed: where the config asks for it, and the constructor's own message. */
public final class ComponentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ComponentException(ComponentPlan plan, Throwable cause) {
        super(
                plan.node().location() + ": " + plan.node().path() + ": "
                        + plan.entry().name() + " can't be built: " + cause.getMessage(),
                cause);
    }
}
