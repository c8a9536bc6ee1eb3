package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The compiled functions of one file; see {@link Kernels}. Gradients flow through them. Results belong to the manager
 * of the first input, which therefore is an array of the step, never a parameter.
 */
public final class Kernel {
    private static final String METHOD = "module_method:";

    private final String name;
    private final String source;
    private final PtSymbolBlock block;
    private final NDManager manager;
    private final Consumer<KernelCall> observer;
    private final Map<String, NDArray> methods = new ConcurrentHashMap<>();

    Kernel(String name, String source, PtSymbolBlock block, NDManager manager, Consumer<KernelCall> observer) {
        this.name = name;
        this.source = source;
        this.block = block;
        this.manager = manager;
        this.observer = observer;
    }

    /** The name of its file without ending. */
    public String name() {
        return name;
    }

    /**
     * Its functions as TorchScript, as methods with a {@code self} through which they call each other, constants put
     * in.
     */
    public String source() {
        return source;
    }

    /**
     * Runs a function that gives one array.
     *
     * @param inputs its arguments after {@code self}
     */
    public NDArray call(String function, NDArray... inputs) {
        return callAll(function, inputs).singletonOrThrow();
    }

    /** As {@link #call}, for a function that gives a tuple or a list. */
    public NDList callAll(String function, NDArray... inputs) {
        return run(function, List.of(inputs), List.of());
    }

    /**
     * As {@link #callAll(String, NDArray...)}, for a function whose last arguments are lists.
     *
     * @param lists not empty; an array is in one of them at most
     */
    public NDList callAll(String function, List<NDArray> inputs, List<List<NDArray>> lists) {
        try {
            for (int i = 0; i < lists.size(); i++) {
                String name = "list" + i + "[]";
                lists.get(i).forEach(array -> array.setName(name));
            }
            return run(function, inputs, lists);
        } finally {
            lists.forEach(list -> list.forEach(array -> array.setName(null)));
        }
    }

    private NDList run(String function, List<NDArray> inputs, List<List<NDArray>> lists) {
        NDList all = new NDList(inputs);
        lists.forEach(all::addAll);
        all.add(methods.computeIfAbsent(function, this::selector));
        NDList results = IValueUtils.forward(block, all, true);
        observer.accept(new KernelCall(this, function, inputs, lists, results));
        return results;
    }

    /** The engine takes the function's name, and which arrays are a list, from the names of arrays. */
    private NDArray selector(String function) {
        NDArray selector = manager.create(0f);
        selector.setName(METHOD + function);
        return selector;
    }
}
