package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled functions of one file; see {@link Kernels}. Gradients flow through them. */
public final class Kernel {
    private static final String METHOD = "module_method:";

    private final PtSymbolBlock block;
    private final NDManager manager;
    private final Map<String, NDArray> methods = new ConcurrentHashMap<>();

    Kernel(PtSymbolBlock block, NDManager manager) {
        this.block = block;
        this.manager = manager;
    }

    /**
     * Runs a function that gives one array.
     *
     * @param function its name
     * @param inputs its arguments after {@code self}; the result belongs to the manager of the first, which
     *     therefore is an activation, never a parameter
     */
    public NDArray call(String function, NDArray... inputs) {
        return callAll(function, inputs).singletonOrThrow();
    }

    /** As {@link #call}, for a function that gives a tuple or a list. */
    public NDList callAll(String function, NDArray... inputs) {
        return callAll(function, new NDList(inputs));
    }

    /** As {@link #callAll(String, NDArray...)}; arrays that share a name ending in {@code []} are one list argument. */
    public NDList callAll(String function, NDList inputs) {
        NDList list = new NDList(inputs);
        list.add(methods.computeIfAbsent(function, this::selector));
        return IValueUtils.forward(block, list, true);
    }

    /** The engine takes the function's name from the name of an extra array. */
    private NDArray selector(String function) {
        NDArray selector = manager.create(0f);
        selector.setName(METHOD + function);
        return selector;
    }
}
