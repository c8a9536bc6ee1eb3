package io.github.selfsup4j.plugins.optimizers;

import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Adam with decoupled weight decay (<a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter</a>;
 * {@code torch.optim.AdamW}): {@code p -= lr * weight_decay * p} before Adam's own update.
 */
@Component("AdamW")
public final class AdamW extends AdamOptimizer {

    /** Keys of {@code AdamW}. */
    public static final class Config extends AdamOptimizer.Config {
        /** PyTorch's default of the weight decay: 0.01. */
        public Config() {
            weightDecay = 0.01;
        }
    }

    @Inject
    AdamW(Config config, Kernels kernels) {
        super(config, kernels, true);
    }
}
