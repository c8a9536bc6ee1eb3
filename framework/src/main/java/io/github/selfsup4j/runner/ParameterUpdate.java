package io.github.selfsup4j.runner;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.io.tree.MappingBuilder;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.optim.Accumulation;
import io.github.selfsup4j.optim.Gradients;
import io.github.selfsup4j.optim.LossScaling;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.optim.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is done with the gradients of an iteration: accumulate, unscale, clip, step, zero (MMSelfSup's
 * {@code DistOptimizerHook}).
 */
public final class ParameterUpdate {
    private static final String GRADIENTS = "gradients";
    private static final String LOSS_SCALER = "loss_scaler";
    private static final String SKIPPED = "skipped_steps";

    private final Optimizer optimizer;
    private final OptimizerSettings settings;
    private final Optional<LossScaling> scaling;
    private final Accumulation accumulation;
    private final Gradients gradients;
    private boolean pending;
    private int skipped;
    private int skippedInARow;

    /**
     * An update.
     *
     * @param optimizer with its parameters attached
     * @param scaling of the loss, for float16
     */
    public ParameterUpdate(
            Optimizer optimizer, OptimizerSettings settings, Optional<LossScaling> scaling, Kernels kernels) {
        this.optimizer = optimizer;
        this.settings = settings;
        this.scaling = scaling;
        this.accumulation = new Accumulation(
                settings.updateInterval, scaling.isEmpty() && settings.type != OptimizerSettings.Type.GRAD_ACCUM_FP16);
        this.gradients = new Gradients(kernels);
    }

    /**
     * Number of steps that were skipped one after the other until now, because gradients overflowed under loss scaling.
     */
    int skippedInARow() {
        return skippedInARow;
    }

    /** The optimizer. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** What is differentiated: the iteration's share of the loss, times the scale. */
    public NDArray scaled(NDArray loss, RunContext run) {
        long divisor = accumulation.divisor(run.iteration(), run.maxIterations());
        NDArray share = divisor == 1 ? loss : loss.div(divisor);
        return scaling.isEmpty() ? share : share.mul((float) scaling.get().scale());
    }

    /**
     * Steps, unless gradients are still being accumulated or are not finite under loss scaling.
     *
     * @param scope the iteration's
     * @return the norm of the gradients before clipping, if they are clipped
     */
    public OptionalDouble step(NDManager scope, RunContext run) {
        pending = !accumulation.stepsAfter(run.iteration(), run.maxIterations());
        if (pending) {
            return OptionalDouble.empty();
        }
        List<NDArray> all = gradients.of(optimizer.groups(), scope);
        List<NDArray> used = withoutFrozen(all, run.iteration());
        OptionalDouble norm = OptionalDouble.empty();
        if (unscale(used, scope, run)) {
            norm = settings.gradClip == null ? norm : gradients.clip(used, settings.gradClip, scope);
            optimizer.step(used);
        }
        gradients.clear(optimizer.groups());
        return norm;
    }

    /** What becomes of an iteration without a batch: gradients that were accumulated before are made use of. */
    void stepWithoutBatch(NDManager scope, RunContext run) {
        if (pending) {
            step(scope, run);
        }
    }

    private List<NDArray> withoutFrozen(List<NDArray> all, long iteration) {
        List<NDArray> used = new ArrayList<>(all);
        for (int i = 0; i < used.size(); i++) {
            if (settings.isFrozen(optimizer.groups().get(i).name(), iteration)) {
                used.set(i, null);
            }
        }
        return used;
    }

    private boolean unscale(List<NDArray> used, NDManager scope, RunContext run) {
        if (scaling.isEmpty()) {
            return true;
        }
        boolean finite = gradients.scale(used, 1 / scaling.get().scale(), scope);
        scaling.get().update(finite);
        skippedInARow = finite ? 0 : skippedInARow + 1;
        if (!finite) {
            skipped++;
            run.log()
                    .warn("gradients overflowed at iteration " + run.iteration() + ": step skipped (" + skipped
                            + " so far), loss scale is " + scaling.get().scale());
        }
        return finite;
    }

    /** Loss scale and unfinished accumulation, for a checkpoint. */
    public Tree state() {
        MappingBuilder state = Tree.mapping().put(GRADIENTS, gradients.save(optimizer.groups(), !pending));
        scaling.ifPresent(present -> state.put(LOSS_SCALER, present.state()).put(SKIPPED, skipped));
        return state.build();
    }

    /** Restores what {@link #state()} gave. */
    public void load(Tree state) {
        gradients.clear(optimizer.groups());
        gradients.restore(optimizer.groups(), state.at(GRADIENTS));
        skipped = state.find(SKIPPED).map(Tree::asInt).orElse(0);
        skippedInARow = 0;
        pending = state.asMapping(GRADIENTS).entries().values().stream().anyMatch(Tree.Tensor.class::isInstance);
        scaling.ifPresent(present -> state.find(LOSS_SCALER).ifPresent(present::load));
    }
}
