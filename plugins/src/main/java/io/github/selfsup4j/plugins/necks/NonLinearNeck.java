package io.github.selfsup4j.plugins.necks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.model.FeatureNeck;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Linear maps with norms and ReLUs between them, {@code fc-bn-[relu-fc-bn]...}: the projector and predictor of SimCLR,
 * BYOL, SimSiam and others (the reference's {@code NonLinearNeck}).
 */
@Component("NonLinearNeck")
public final class NonLinearNeck extends Layer implements FeatureNeck {

    /** Keys of {@code NonLinearNeck}. */
    public static final class Config implements Validated, FeatureNeck.Settings {
        /** Number of channels that come in. */
        @Required
        public int inChannels;
        /** Number of channels between the layers. */
        @Required
        public int hidChannels;
        /** Number of channels that go out; with one layer they are {@code hid_channels}. */
        @Required
        public int outChannels;
        /** Number of linear layers. */
        public int numLayers = 2;
        /** Whether the linear layers but the last have a bias. */
        public boolean withBias = false;
        /** Whether the last layer is followed by a norm. */
        public boolean withLastBn = true;
        /** Whether that norm has weight and bias. */
        public boolean withLastBnAffine = true;
        /** Whether the last linear layer has a bias. */
        public boolean withLastBias = false;
        /** Whether feature maps are averaged over their positions first. */
        public boolean withAvgPool = true;
        /** Whether the last of the backbone's outputs, a class token, comes in. */
        public boolean vitBackbone = false;
        /** Norms. */
        public BatchNormConfig normCfg = BatchNormConfig.of(BatchNormConfig.Type.SYNCHRONISED);

        @Override
        public int inputChannels() {
            return inChannels;
        }

        @Override
        public int outputChannels() {
            return numLayers == 1 ? hidChannels : outChannels;
        }

        @Override
        public void validate(Checks checks) {
            checks.require(inChannels > 0, "inChannels", "a positive number");
            checks.require(hidChannels > 0, "hidChannels", "a positive number");
            checks.require(outChannels > 0, "outChannels", "a positive number");
            checks.require(numLayers > 0, "numLayers", "a positive number");
        }
    }

    private final Config config;
    private final AveragePooling pooling;
    private final List<FullyConnected> layers = new ArrayList<>();

    @Inject
    NonLinearNeck(Config config, Kernels kernels) {
        this.config = config;
        pooling = new AveragePooling(kernels, Size.square(1));
        add(kernels, config.inChannels, config.hidChannels, config.withBias, Optional.of(config.normCfg));
        for (int i = 1; i < config.numLayers - 1; i++) {
            add(kernels, config.hidChannels, config.hidChannels, config.withBias, Optional.of(config.normCfg));
        }
        if (config.numLayers > 1) {
            add(
                    kernels,
                    config.hidChannels,
                    config.outChannels,
                    config.withLastBias,
                    Optional.of(config.normCfg.withAffine(config.withLastBnAffine))
                            .filter(norm -> config.withLastBn));
        }
    }

    private void add(Kernels kernels, int in, int out, boolean bias, Optional<BatchNormConfig> norm) {
        int number = layers.size();
        Linear linear = child("fc" + number, Linear.asInPyTorch(kernels, in, out, bias));
        Optional<BatchNorm> behind = norm.map(cfg -> child("bn" + number, new BatchNorm(kernels, out, cfg)));
        layers.add(new FullyConnected(kernels, linear, behind, config.normCfg));
    }

    /**
     * Maps {@code [batch, in, height, width]}, or vectors {@code [batch, in]} without pooling, to {@code [batch, out]}.
     */
    @Override
    public NDList forward(NDList features, Pass pass) {
        NDArray x = config.vitBackbone
                ? features.get(features.size() - 1)
                : AveragePooling.single(features, "NonLinearNeck");
        x = config.withAvgPool ? pooling.forward(x) : x;
        x = layers.get(0).forward(x, pass);
        for (FullyConnected layer : layers.subList(1, layers.size())) {
            x = layer.forwardPositive(x, pass);
        }
        return new NDList(x);
    }
}
