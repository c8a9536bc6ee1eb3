package io.github.selfsup4j.plugins.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Conv2d;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two or three convolutions, each with a norm, beside a shortcut (<a href="https://arxiv.org/abs/1512.03385">He et al.,
 * 2016</a>, figure 5; the reference's {@code BasicBlock} and {@code Bottleneck}). One kernel call.
 */
final class ResidualBlock extends Layer {

    /**
     * The shape of a block.
     *
     * @param bottleneck 1x1, 3x3 and 1x1 convolutions; otherwise two of 3x3
     * @param mid number of channels between the convolutions
     * @param groups of the bottleneck's 3x3 convolution
     * @param strideFirst whether a bottleneck's first convolution has the stride, and not its second
     * @param avgDown whether the shortcut averages where it reduces the size
     */
    record Shape(
            boolean bottleneck,
            int in,
            int mid,
            int out,
            int stride,
            int dilation,
            int groups,
            boolean strideFirst,
            boolean avgDown) {
        boolean changesShape() {
            return stride != 1 || in != out;
        }

        boolean averages() {
            return avgDown && stride != 1;
        }
    }

    /**
     * How a block is trained.
     *
     * @param fixedStatistics whether its norms use their running statistics in training too
     * @param zeroInit whether it starts as the identity
     */
    record Training(boolean fixedStatistics, boolean zeroInit, double dropPathRate) {}

    private final String function;
    private final Kernels kernels;
    private final Kernel training;
    private final Kernel evaluation;
    private final List<ConvNorm> layers = new ArrayList<>();
    private final boolean changesShape;
    private final DropPath dropPath;

    ResidualBlock(Kernels kernels, Shape shape, BatchNormConfig norm, Training how) {
        this.kernels = kernels;
        function = shape.bottleneck ? "bottleneck" : "basic";
        training = kernels.load(
                ResidualBlock.class,
                "residual_block.torchscript",
                constants(shape, norm.constants(!how.fixedStatistics)));
        evaluation = kernels.load(
                ResidualBlock.class, "residual_block.torchscript", constants(shape, norm.constants(false)));
        if (shape.bottleneck) {
            add(new Conv2d(shape.in, shape.mid, 1, 1), new BatchNorm(kernels, shape.mid, norm));
            add(new Conv2d(shape.mid, shape.mid, 3, shape.groups), new BatchNorm(kernels, shape.mid, norm));
            add(new Conv2d(shape.mid, shape.out, 1, 1), lastNorm(shape, norm, how));
        } else {
            add(new Conv2d(shape.in, shape.mid, 3, 1), new BatchNorm(kernels, shape.mid, norm));
            add(new Conv2d(shape.mid, shape.out, 3, 1), lastNorm(shape, norm, how));
        }
        changesShape = shape.changesShape();
        if (changesShape) {
            int first = shape.averages() ? 1 : 0;
            layers.add(new ConvNorm(
                    child("downsample." + first, new Conv2d(shape.in, shape.out, 1, 1)),
                    child("downsample." + (first + 1), new BatchNorm(kernels, shape.out, norm))));
        }
        dropPath = new DropPath(how.dropPathRate);
    }

    private static Map<String, Number> constants(Shape shape, Map<String, Number> norm) {
        Map<String, Number> constants = new HashMap<>(norm);
        constants.put("stride", shape.stride);
        constants.put("stride1", shape.strideFirst ? shape.stride : 1);
        constants.put("stride2", shape.strideFirst ? 1 : shape.stride);
        constants.put("dilation", shape.dilation);
        constants.put("groups", shape.groups);
        constants.put("avg_down", shape.averages() ? 1 : 0);
        return constants;
    }

    private BatchNorm lastNorm(Shape shape, BatchNormConfig norm, Training how) {
        return new BatchNorm(kernels, shape.out, norm, how.zeroInit ? Init.zeros() : Init.ones());
    }

    private void add(Conv2d conv, BatchNorm norm) {
        int number = layers.size() + 1;
        layers.add(new ConvNorm(child("conv" + number, conv), child("bn" + number, norm)));
    }

    /** Maps {@code [batch, in, height, width]} to {@code [batch, out, height / stride, width / stride]}. */
    NDArray forward(NDArray x, Pass pass) {
        NDList inputs =
                new NDList(x, dropPath.factors(kernels, pass, x.getShape().get(0)));
        layers.forEach(layer -> inputs.addAll(layer.arrays()));
        if (!changesShape) {
            inputs.addAll(ConvNorm.none(kernels));
        }
        return (pass.training() ? training : evaluation).call(function, inputs.toArray(new NDArray[0]));
    }
}
