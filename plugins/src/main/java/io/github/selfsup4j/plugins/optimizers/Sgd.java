package io.github.selfsup4j.plugins.optimizers;

import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Map;

/** Stochastic gradient descent with momentum ({@code torch.optim.SGD}); weight decay is added to the gradient. */
@Component("SGD")
public final class Sgd extends MomentumOptimizer {

    /** Keys of {@code SGD}. */
    public static final class Config extends MomentumOptimizer.Config {}

    @Inject
    Sgd(Config config, Kernels kernels) {
        super(config, kernels.load(Sgd.class, "sgd.torchscript", Map.of()));
    }
}
