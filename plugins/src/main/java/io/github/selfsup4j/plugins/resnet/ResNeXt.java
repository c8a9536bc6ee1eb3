package io.github.selfsup4j.plugins.resnet;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Residual network whose bottlenecks have grouped convolutions (<a href="https://arxiv.org/abs/1611.05431">Xie et al.,
 * 2017</a>; the reference's {@code ResNeXt}).
 */
@Component("ResNeXt")
public final class ResNeXt extends ResidualNetwork {

    /** Keys of {@code ResNeXt}. Its depth is 50, 101 or 152. */
    public static final class Config extends ResidualNetworkConfig {
        /** Groups of the 3x3 convolutions. */
        public int groups = 32;
        /** Channels of a group in the first stage, for {@code base_channels} 64. */
        public int widthPerGroup = 4;
        /** Three 3x3 convolutions as stem, in place of one of 7x7. */
        public boolean deepStem = false;
        /** Whether shortcuts that reduce the size average, in place of leaving out values. */
        public boolean avgDown = false;

        @Override
        int convolutionGroups() {
            return groups;
        }

        @Override
        int innerChannels(int stage) {
            int inner = super.innerChannels(stage);
            return groups == 1 ? inner : groups * widthPerGroup * inner / baseChannels;
        }

        @Override
        boolean hasDeepStem() {
            return deepStem;
        }

        @Override
        boolean averagesDown() {
            return avgDown;
        }

        @Override
        List<Integer> depths() {
            return List.of(50, 101, 152);
        }

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(groups > 0, "groups", "a positive number");
            checks.require(widthPerGroup > 0, "widthPerGroup", "a positive number");
        }
    }

    @Inject
    ResNeXt(Config config, Kernels kernels) {
        super(config, kernels);
    }
}
