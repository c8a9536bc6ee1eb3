package io.github.selfsup4j.script;

import io.github.selfsup4j.nn.KernelCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes down the kernel calls of a forward pass. Give it to the {@link io.github.selfsup4j.nn.Kernels} that a network
 * is built with; {@link ForwardScript} makes a program of what is on it.
 */
public final class ForwardTape implements Consumer<KernelCall> {
    private final List<KernelCall> calls = new ArrayList<>();

    /** Forgets what is on it: a network calls kernels while it is built and initialised, too. */
    public void clear() {
        calls.clear();
    }

    @Override
    public void accept(KernelCall call) {
        calls.add(call);
    }

    /** The calls in order. */
    List<KernelCall> calls() {
        return List.copyOf(calls);
    }
}
