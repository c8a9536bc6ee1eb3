package io.github.selfsup4j.nn;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import java.util.Map;

/** {@code norm_cfg} of networks with {@link BatchNorm}. */
public final class BatchNormConfig implements Validated {
    /** Kind of norm. */
    public enum Type {
        /** Over the batch of one device; of vectors or of maps, whichever come. */
        PLAIN("BN"),
        /** The same, of vectors. */
        VECTORS("BN1d"),
        /** The same, of maps. */
        MAPS("BN2d"),
        /** Over the batches of all devices; there is one, so the same as {@link #PLAIN}. */
        SYNCHRONISED("SyncBN");

        private final String configName;

        Type(String configName) {
            this.configName = configName;
        }

        @Override
        public String toString() {
            return configName;
        }
    }

    /** Kind of norm: {@code BN}, {@code BN1d}, {@code BN2d} or {@code SyncBN}. */
    @Required
    public Type type;
    /** Whether weight and bias are trained. */
    public boolean requiresGrad = true;
    /** Added to the variance. */
    public double eps = 1e-5;
    /** Share of a batch's statistics in the new running ones. */
    public double momentum = 0.1;
    /** Whether there are weight and bias. */
    public boolean affine = true;

    /** The defaults of a kind. */
    public static BatchNormConfig of(Type type) {
        BatchNormConfig config = new BatchNormConfig();
        config.type = type;
        return config;
    }

    /** The same with weight and bias, or without. */
    public BatchNormConfig withAffine(boolean wanted) {
        BatchNormConfig config = of(type);
        config.requiresGrad = requiresGrad;
        config.eps = eps;
        config.momentum = momentum;
        config.affine = wanted;
        return config;
    }

    /** What {@code $train}, {@code $momentum} and {@code $eps} stand for in a kernel. */
    public Map<String, Number> constants(boolean training) {
        return Map.of("train", training ? 1 : 0, "momentum", momentum, "eps", eps);
    }

    @Override
    public void validate(Checks checks) {
        checks.require(eps > 0, "eps", "a positive number");
        checks.require(momentum >= 0 && momentum <= 1, "momentum", "a number in [0, 1]");
    }
}
