package io.github.selfsup4j.nn;

import ai.djl.pytorch.jni.JniUtils;

/** Switches autograd off in this thread until closed: {@code try (NoGradient off = new NoGradient()) { ... }}. */
public final class NoGradient implements AutoCloseable {
    private final boolean before = JniUtils.isGradMode();

    /** Switches it off. */
    public NoGradient() {
        JniUtils.setGradMode(false);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
