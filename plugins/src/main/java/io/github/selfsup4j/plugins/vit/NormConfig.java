package io.github.selfsup4j.plugins.vit;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;

/**
 * {@code norm_cfg} of transformers: layer normalisation. As in the reference a config that has this key replaces the
 * default of its owner as a whole: without {@code eps} it means PyTorch's 1e-5.
 */
public final class NormConfig implements Validated {
    /** Kind of norm. */
    public enum Type {
        /** Layer normalisation. */
        LN
    }

    /** Kind of norm. */
    public Type type = Type.LN;
    /** Added to the variance. */
    public double eps = 1e-5;

    /** What transformers have without the key: an {@code eps} of 1e-6. */
    public static NormConfig ofTransformers() {
        NormConfig config = new NormConfig();
        config.eps = 1e-6;
        return config;
    }

    @Override
    public void validate(Checks checks) {
        checks.require(eps > 0, "eps", "a positive number");
    }
}
