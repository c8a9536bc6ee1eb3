package io.github.selfsup4j.plugins.resnet;

import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Residual network with a stem of three 3x3 convolutions and shortcuts that average (<a
 * href="https://arxiv.org/abs/1812.01187">He et al., 2019</a>; the reference's {@code ResNetV1d}).
 */
@Component("ResNetV1d")
public final class ResNetV1d extends ResidualNetwork {

    /** Keys of {@code ResNetV1d}. */
    public static final class Config extends ResidualNetworkConfig {
        @Override
        boolean hasDeepStem() {
            return true;
        }

        @Override
        boolean averagesDown() {
            return true;
        }
    }

    @Inject
    ResNetV1d(Config config, Kernels kernels) {
        super(config, kernels);
    }
}
