package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;

/** Weighted means of two images (<a href="https://arxiv.org/abs/1710.09412">mixup</a>; mmcls's {@code BatchMixup}). */
final class BatchMixup extends BatchMix {
    /** Both parameters of the beta distribution of the weight. */
    @Required
    public double alpha;

    @Override
    public void validate(Checks checks) {
        super.validate(checks);
        checks.require(alpha > 0, "alpha", "a positive number");
    }

    @Override
    Augments.Mixed apply(NDArray images, NDArray label, Pass pass, Kernels kernels) {
        NDArray share = pass.scope().create(share(pass, alpha));
        return mixed(kernel(kernels)
                .callAll(
                        "mixup",
                        images,
                        label,
                        share,
                        partners(pass, images.getShape().get(0))));
    }
}
