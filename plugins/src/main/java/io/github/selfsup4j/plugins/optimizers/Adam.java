package io.github.selfsup4j.plugins.optimizers;

import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Steps by averaged gradients over the root of averaged squares (<a href="https://arxiv.org/abs/1412.6980">Kingma and
 * Ba</a>; {@code torch.optim.Adam}); weight decay is added to the gradient.
 */
@Component("Adam")
public final class Adam extends AdamOptimizer {

    /** Keys of {@code Adam}. */
    public static final class Config extends AdamOptimizer.Config {}

    @Inject
    Adam(Config config, Kernels kernels) {
        super(config, kernels, false);
    }
}
