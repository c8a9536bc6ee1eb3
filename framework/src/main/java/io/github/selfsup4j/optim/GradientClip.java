package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;

/** {@code grad_clip}: clipping of the norm of all gradients together, as {@code torch.nn.utils.clip_grad_norm_}. */
public final class GradientClip implements Validated {
    /** Largest norm. */
    @Required
    public double maxNorm;
    /** Which norm: 2 is the Euclidean one, {@code .inf} the largest absolute value. */
    public double normType = 2;

    @Override
    public void validate(Checks checks) {
        checks.require(maxNorm > 0, "maxNorm", "a positive number");
        checks.require(normType > 0, "normType", "a positive number");
    }
}
