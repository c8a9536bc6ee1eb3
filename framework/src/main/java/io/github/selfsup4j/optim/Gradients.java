package io.github.selfsup4j.optim;

import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The gradients of parameter groups: where they come from, their norm, and how they are reset. */
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
     * Multiplies gradients.
     *
     * @return whether every one of them is finite
     */
    public boolean scale(List<NDArray> gradients, double factor, NDManager scope) {
        return run("scale", gradients, scope, factor).getFloat() == 0;
    }

    /**
     * Clips the norm of all gradients together.
     *
     * @return the norm before
     */
    public double clip(List<NDArray> gradients, GradientClip clip, NDManager scope) {
        return run("clip", gradients, scope, clip.maxNorm, clip.normType).getFloat();
    }

    /** Sets gradients to zero for the next iteration. */
    public void zero(List<NDArray> gradients, NDManager scope) {
        run("zero", gradients, scope);
    }

    private NDArray run(String function, List<NDArray> gradients, NDManager scope, double... options) {
        List<NDArray> present = gradients.stream().filter(Objects::nonNull).toList();
        if (present.isEmpty()) {
            throw new IllegalStateException("no parameter got a gradient: is every one of them frozen?");
        }
        try (NoGradient off = new NoGradient()) {
            return kernel.callAll(function, List.of(scope.create(options)), List.of(present)).singletonOrThrow();
        }
    }
}
