package io.github.selfsup4j.plugins.vit;

/** {@code norm_cfg} of transformers: layer normalisation. */
public final class NormConfig {
    /** Kind of norm. */
    public enum Type {
        /** Layer normalisation. */
        LN
    }

    /** Kind of norm. */
    public Type type = Type.LN;
    /** Added to the variance. */
    public double eps = 1e-6;
}
