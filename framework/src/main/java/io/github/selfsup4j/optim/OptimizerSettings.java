package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;

import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code optimizer_config} section: what happens to gradients before the optimizer's step. */
public final class OptimizerSettings implements Validated {
    /** Accepted for compatibility: {@code OptimizerHook}, {@code DistOptimizerHook}, {@code GradAccumFp16OptimizerHook}. */
    public String type = null;
    /** Clipping; null for none. */
    public GradientClip gradClip = null;
    /** Number of iterations whose gradients are averaged for a step. */
    public int updateInterval = 1;
    /** Parts of parameter names to the number of iterations at the start in which those parameters stay as they are. */
    public Map<String, Integer> frozenLayersCfg = new LinkedHashMap<>();
    /** Accepted for compatibility, without effect on one device. */
    public boolean coalesce = true;
    /** Accepted for compatibility, without effect on one device. */
    public int bucketSizeMb = -1;

    @Override
    public void validate(Checks checks) {
        checks.require(updateInterval > 0, "updateInterval", "a positive number");
    }
}
