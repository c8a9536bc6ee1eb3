package io.github.selfsup4j.optim;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.MappingBuilder;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The gradients of parameter groups: where they come from, their norm, how they are reset, and how those of an
 * unfinished accumulation survive in a checkpoint.
 *
 * <p>A parameter that got a gradient once keeps having one, of zeros if nothing else, and so keeps being stepped, as in
 * PyTorch 1.
 */
public final class Gradients {
    private final Kernel kernel;
    private final Set<String> owners = new HashSet<>();

    /** @param kernels the run's */
    public Gradients(Kernels kernels) {
        kernel = kernels.load(Gradients.class, "gradients.torchscript", Map.of());
    }

    /**
     * The gradient of every group.
     *
     * @param scope the owner of the handles
     * @return in the order of the groups; null for a parameter that never got one
     */
    public List<NDArray> of(List<ParameterGroup> groups, NDManager scope) {
        List<NDArray> gradients = new ArrayList<>(groups.size());
        for (ParameterGroup group : groups) {
            gradients.add(of(group, scope));
        }
        return gradients;
    }

    private NDArray of(ParameterGroup group, NDManager scope) {
        PtNDArray parameter = (PtNDArray) group.parameter().getArray();
        PtNDArray gradient = parameter.hasGradient() ? JniUtils.getGradient(parameter) : null;
        if (gradient != null) {
            gradient.attach(scope);
            owners.add(group.name());
            return gradient;
        }
        return owners.contains(group.name()) ? scope.zeros(parameter.getShape()) : null;
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

    /**
     * Starts the next iteration without gradients, so that they take no memory until its backward pass. The engine
     * can't unset a gradient, but another leaf of the graph over the same values has none.
     */
    public void clear(List<ParameterGroup> groups) {
        for (ParameterGroup group : groups) {
            NDArray parameter = group.parameter().getArray();
            if (parameter.hasGradient()) {
                parameter.intern(parameter.stopGradient());
                parameter.setRequiresGradient(true);
            }
        }
    }

    private OptionalDouble run(String function, List<NDArray> gradients, NDManager scope, double... options) {
        List<NDArray> present = gradients.stream().filter(Objects::nonNull).toList();
        if (present.isEmpty()) {
            return OptionalDouble.empty();
        }
        try (NDManager host = scope.newSubManager(Device.cpu());
                NoGradient off = new NoGradient()) {
            NDArray result = kernel.callAll(function, List.of(host.create(options)), List.of(present))
                    .singletonOrThrow();
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
        for (ParameterGroup group : groups) {
            try (NDManager scope = group.parameter().getArray().getManager().newSubManager()) {
                NDArray gradient = of(group, scope);
                if (gradient != null) {
                    saved.put(group.name(), areZero ? Tree.none() : Tree.of(StateLoader.toHost(gradient)));
                }
            }
        }
        return saved.build();
    }

    /** Gives parameters that have no gradient yet those that {@link #save} stored. */
    public void restore(List<ParameterGroup> groups, Tree saved) {
        owners.clear();
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            for (ParameterGroup group : groups) {
                saved.find(group.name()).ifPresent(gradient -> {
                    owners.add(group.name());
                    if (gradient instanceof Tree.Tensor values) {
                        restore(group.parameter().getArray(), values.value(), collector);
                    }
                });
            }
        }
    }

    /** The engine lets nobody set a gradient, but {@code gradient} is that of {@code sum(parameter * gradient)}. */
    private static void restore(NDArray parameter, HostTensor gradient, GradientCollector collector) {
        try (NDManager scope = parameter.getManager().newSubManager()) {
            NDArray values = scope.zeros(parameter.getShape());
            StateLoader.copy(gradient, values);
            collector.backward(values.mul(parameter).sum());
        }
    }
}
