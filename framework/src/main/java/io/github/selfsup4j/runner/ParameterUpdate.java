package io.github.selfsup4j.runner;

import io.github.selfsup4j.io.Tree;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.optim.Gradients;
import io.github.selfsup4j.optim.LossScaling;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.optim.OptimizerSettings;
import io.github.selfsup4j.optim.ParameterGroup;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is done with the gradients of an iteration: accumulate, unscale, clip, step, zero (MMSelfSup's
 * {@code DistOptimizerHook}).
 */
public final class ParameterUpdate {
    private final Optimizer optimizer;
    private final OptimizerSettings settings;
    private final Optional<LossScaling> scaling;
    private final Gradients gradients;

    /**
     * An update.
     *
     * @param optimizer with its parameters attached
     * @param scaling of the loss, for float16
     */
    public ParameterUpdate(Optimizer optimizer, OptimizerSettings settings, Optional<LossScaling> scaling, Kernels kernels) {
        this.optimizer = optimizer;
        this.settings = settings;
        this.scaling = scaling;
        this.gradients = new Gradients(kernels);
    }

    /** The optimizer. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * What is differentiated: the loss divided by the number of iterations that are accumulated, times the
     * scale. The iterations left over at the end of a run are divided by their own number.
     */
    public NDArray scaled(NDArray loss, RunContext run) {
        long whole = run.maxIterations() / settings.updateInterval * settings.updateInterval;
        long factor = run.iteration() < whole ? settings.updateInterval : run.maxIterations() - whole;
        double scale = scaling.map(LossScaling::scale).orElse(1.0) / factor;
        return scale == 1 ? loss : loss.mul((float) scale);
    }

    /**
     * Steps, unless gradients are still being accumulated or are not finite under loss scaling.
     *
     * @param scope the iteration's
     * @return the norm of the gradients before clipping, if they are clipped
     */
    public OptionalDouble step(NDManager scope, RunContext run) {
        if (!run.everyIterations(settings.updateInterval) && !run.lastIteration()) {
            return OptionalDouble.empty();
        }
        List<NDArray> all = gradients.of(optimizer.groups(), scope);
        List<NDArray> used = withoutFrozen(all, run.iteration());
        OptionalDouble norm = OptionalDouble.empty();
        if (unscale(used, scope, run)) {
            norm = settings.gradClip == null ? norm : OptionalDouble.of(gradients.clip(used, settings.gradClip, scope));
            optimizer.step(used);
        }
        gradients.zero(all, scope);
        return norm;
    }

    private List<NDArray> withoutFrozen(List<NDArray> all, long iteration) {
        List<NDArray> used = new ArrayList<>(all);
        List<ParameterGroup> groups = optimizer.groups();
        settings.frozenLayersCfg.forEach((layer, iterations) -> {
            for (int i = 0; i < groups.size() && iteration < iterations; i++) {
                if (groups.get(i).name().contains(layer)) {
                    used.set(i, null);
                }
            }
        });
        return used;
    }

    private boolean unscale(List<NDArray> used, NDManager scope, RunContext run) {
        if (scaling.isEmpty()) {
            return true;
        }
        boolean finite = gradients.scale(used, 1 / scaling.get().scale(), scope);
        scaling.get().update(finite);
        if (!finite) {
            run.log().warn("gradients overflowed at iteration " + run.iteration() + ": step skipped, loss scale is " + scaling.get().scale());
        }
        return finite;
    }

    /** State of the loss scale for a checkpoint; empty without one. */
    public Optional<Tree> state() {
        return scaling.map(LossScaling::state);
    }

    /** Restores the loss scale. */
    public void load(Tree state) {
        scaling.ifPresent(present -> present.load(state));
    }
}
