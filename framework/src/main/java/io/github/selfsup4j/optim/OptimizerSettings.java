package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import java.util.Map;

/** The {@code optimizer_config} section: what happens to gradients before the optimizer's step. */
public final class OptimizerSettings implements Validated {

    /** The hooks that do this in the reference. */
    public enum Type {
        /** Of mmcv. */
        OPTIMIZER("OptimizerHook"),
        /** Of MMSelfSup, with accumulation. */
        DIST("DistOptimizerHook"),
        /** Of mmcv, with loss scaling. */
        FP16("Fp16OptimizerHook"),
        /** Of MMSelfSup, with accumulation and loss scaling. */
        GRAD_ACCUM_FP16("GradAccumFp16OptimizerHook");

        private final String configName;

        Type(String configName) {
            this.configName = configName;
        }

        @Override
        public String toString() {
            return configName;
        }
    }

    /**
     * Accepted for compatibility: there is one implementation. {@code GradAccumFp16OptimizerHook}, which is also what
     * loss scaling implies, makes a difference at the end of a run alone: see {@link Accumulation}.
     */
    public Type type = Type.DIST;
    /** Clipping; null for none. */
    public GradientClip gradClip = null;
    /** Number of iterations whose gradients are averaged for a step. */
    public int updateInterval = 1;
    /** Parts of parameter names to the number of iterations at the start in which those parameters stay as they are. */
    public Map<String, Integer> frozenLayersCfg = Map.of();
    /** Accepted for compatibility, without effect on one device. */
    public boolean coalesce = true;
    /** Accepted for compatibility, without effect on one device. */
    public int bucketSizeMb = -1;

    @Override
    public void validate(Checks checks) {
        checks.require(updateInterval > 0, "updateInterval", "a positive number");
        checks.require(
                frozenLayersCfg.values().stream().allMatch(iterations -> iterations >= 0),
                "frozenLayersCfg",
                "numbers of iterations");
    }

    /**
     * Whether a parameter stays as it is.
     *
     * @param name in the state dict
     */
    public boolean isFrozen(String name, long iteration) {
        return frozenLayersCfg.entrySet().stream()
                .anyMatch(layer -> iteration < layer.getValue() && name.contains(layer.getKey()));
    }
}
