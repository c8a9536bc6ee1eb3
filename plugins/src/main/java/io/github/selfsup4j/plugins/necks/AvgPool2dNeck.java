package io.github.selfsup4j.plugins.necks;

import ai.djl.ndarray.NDList;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.model.FeatureNeck;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Averages feature maps over a grid (the reference's {@code AvgPool2dNeck}). */
@Component("AvgPool2dNeck")
public final class AvgPool2dNeck extends Layer implements FeatureNeck {

    /** Keys of {@code AvgPool2dNeck}. */
    public static final class Config {
        /** Size of the grid: a number for a square, or {@code [height, width]}. */
        public Size outputSize = Size.square(1);
    }

    private final AveragePooling pooling;

    @Inject
    AvgPool2dNeck(Config config, Kernels kernels) {
        pooling = new AveragePooling(kernels, config.outputSize);
    }

    /** Maps {@code [batch, channels, height, width]} to the same with the grid's height and width. */
    @Override
    public NDList forward(NDList features, Pass pass) {
        return new NDList(pooling.forward(AveragePooling.single(features, "AvgPool2dNeck")));
    }
}
