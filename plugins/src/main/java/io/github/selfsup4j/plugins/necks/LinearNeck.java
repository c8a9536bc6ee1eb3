package io.github.selfsup4j.plugins.necks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.model.FeatureNeck;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Optional;

/** One linear map with bias (the reference's {@code LinearNeck}). */
@Component("LinearNeck")
public final class LinearNeck extends Layer implements FeatureNeck {

    /** Keys of {@code LinearNeck}. */
    public static final class Config implements Validated, FeatureNeck.Settings {
        /** Number of channels that come in. */
        @Required
        public int inChannels;
        /** Number of channels that go out. */
        @Required
        public int outChannels;
        /** Whether feature maps are averaged over their positions first. */
        public boolean withAvgPool = true;

        @Override
        public int inputChannels() {
            return inChannels;
        }

        @Override
        public int outputChannels() {
            return outChannels;
        }

        @Override
        public void validate(Checks checks) {
            checks.require(inChannels > 0, "inChannels", "a positive number");
            checks.require(outChannels > 0, "outChannels", "a positive number");
        }
    }

    private final boolean pools;
    private final AveragePooling pooling;
    private final FullyConnected layer;

    @Inject
    LinearNeck(Config config, Kernels kernels) {
        pools = config.withAvgPool;
        pooling = new AveragePooling(kernels, Size.square(1));
        Linear linear = child("fc", Linear.asInPyTorch(kernels, config.inChannels, config.outChannels, true));
        layer = new FullyConnected(kernels, linear, Optional.empty(), BatchNormConfig.of(BatchNormConfig.Type.PLAIN));
    }

    /**
     * Maps {@code [batch, in, height, width]}, or vectors {@code [batch, in]} without pooling, to {@code [batch, out]}.
     */
    @Override
    public NDList forward(NDList features, Pass pass) {
        NDArray x = AveragePooling.single(features, "LinearNeck");
        return new NDList(layer.forward(pools ? pooling.forward(x) : x, pass));
    }
}
