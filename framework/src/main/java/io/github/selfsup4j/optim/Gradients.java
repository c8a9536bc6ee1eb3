package io.github.selfsup4j.optim;

import io.github.selfsup4j.io.MappingBuilder;
import io.github.selfsup4j.io.Tree;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The gradients of parameter groups: where they come from, their norm, how they are reset, and how those of
 * an unfinished accumulation survive in a checkpoint.
 *
 * <p>A parameter that got a gradient once keeps having one, of zeros if nothing else, and so keeps being
 * stepped, as in PyTorch 1.
 */
public final class Gradients {
    private final Kernel kernel;

    /** @param kernels the run's */
    public Gradients(Kernels kernels) {
        kernel = kernels.load(Gradients.class, "gradients.torchscript", Map.of());
    }

    /**
     * The gradient of every group.
     *
     * @param scope the owner of the handles; the values are the engine's own and stay
     * @return in the order of the groups; null for a parameter that never got one
     */
    public List<NDArray> of(List<ParameterGroup> groups, NDManager scope) {
        List<NDArray> gradients = new ArrayList<>(groups.size());
        for (ParameterGroup group : groups) {
            PtNDArray gradient = group.parameter().requiresGradient() ? JniUtils.getGradient((PtNDArray) group.parameter().getArray()) : null;
            if (gradient != null) {
                gradient.attach(scope);
            }
            gradients.add(gradient);
        }
        return gradients;
    }

    /**
     * Multiplies gradients in place.
     *
     * @return whether every one of them is finite
     */
    public boolean scale(List<NDArray> gradients, double factor, NDManager scope) {
        return run("scale", gradients, scope, factor).orElse(0) == 0;
    }

    /**
     * Clips the norm of all gradients together, in place.
     *
     * @return the norm before; empty if there are no gradients
     */
    public OptionalDouble clip(List<NDArray> gradients, GradientClip clip, NDManager scope) {
        return run("clip", gradients, scope, clip.maxNorm, clip.normType);
    }

    /** Sets gradients to zero for the next iteration. */
    public void zero(List<NDArray> gradients, NDManager scope) {
        run("zero", gradients, scope);
    }

    private OptionalDouble run(String function, List<NDArray> gradients, NDManager scope, double... options) {
        List<NDArray> present = gradients.stream().filter(Objects::nonNull).toList();
        if (present.isEmpty()) {
            return OptionalDouble.empty();
        }
        try (NDManager host = scope.newSubManager(Device.cpu()); NoGradient off = new NoGradient()) {
            NDArray result = kernel.callAll(function, List.of(host.create(options)), List.of(present)).singletonOrThrow();
            return OptionalDouble.of(result.getFloat());
        }
    }

    /**
     * The gradients for a checkpoint.
     *
     * @param areZero whether all of them are known to be zero, and need not be stored
     */
    public Tree save(List<ParameterGroup> groups, boolean areZero) {
        MappingBuilder saved = Tree.mapping();
        if (!groups.isEmpty()) {
            try (NDManager scope = groups.get(0).parameter().getArray().getManager().newSubManager()) {
                List<NDArray> gradients = of(groups, scope);
                for (int i = 0; i < gradients.size(); i++) {
                    if (gradients.get(i) != null) {
                        saved.put(groups.get(i).name(), areZero ? Tree.none() : Tree.of(StateLoader.toHost(gradients.get(i))));
                    }
                }
            }
        }
        return saved.build();
    }

    /** Gives parameters that have no gradient yet those that {@link #save} stored. */
    public void restore(List<ParameterGroup> groups, Tree saved) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            groups.forEach(group -> saved.find(group.name()).ifPresent(gradient -> restore(group.parameter().getArray(), gradient, collector)));
        }
    }

    /** The engine lets nobody set a gradient, but {@code gradient} is that of {@code sum(parameter * gradient)}. */
    private static void restore(NDArray parameter, Tree gradient, GradientCollector collector) {
        try (NDManager scope = parameter.getManager().newSubManager()) {
            NDArray values = scope.zeros(parameter.getShape());
            if (gradient instanceof Tree.Tensor tensor) {
                StateLoader.copy(tensor.value(), values);
            }
            NDArray product = values.mul(parameter);
            collector.backward(product.sum());
        }
    }
}
