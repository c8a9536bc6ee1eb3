package io.github.selfsup4j.plugins.resnet;

import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Residual network (<a href="https://arxiv.org/abs/1512.03385">He et al., 2016</a>; the reference's {@code ResNet}).
 */
@Component("ResNet")
public final class ResNet extends ResidualNetwork {

    /** Keys of {@code ResNet}. */
    public static final class Config extends ResidualNetworkConfig {
        /** Three 3x3 convolutions as stem, in place of one of 7x7. */
        public boolean deepStem = false;
        /** Whether shortcuts that reduce the size average, in place of leaving out values. */
        public boolean avgDown = false;

        @Override
        boolean hasDeepStem() {
            return deepStem;
        }

        @Override
        boolean averagesDown() {
            return avgDown;
        }
    }

    @Inject
    ResNet(Config config, Kernels kernels) {
        super(config, kernels);
    }
}
