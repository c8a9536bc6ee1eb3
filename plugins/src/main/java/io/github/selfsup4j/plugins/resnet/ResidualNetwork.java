package io.github.selfsup4j.plugins.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.Conv2d;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A stem and up to four stages of residual blocks (<a href="https://arxiv.org/abs/1512.03385">He et al., 2016</a>). */
abstract class ResidualNetwork extends Layer implements Backbone {
    private final ResidualNetworkConfig config;
    private final List<StemLayer> stem = new ArrayList<>();
    private final List<List<ResidualBlock>> stages = new ArrayList<>();

    private record StemLayer(ConvNorm parts, Kernel training, Kernel evaluation) {
        Kernel kernel(Pass pass) {
            return pass.training() ? training : evaluation;
        }

        NDArray forward(NDArray x, Pass pass) {
            NDList inputs = new NDList(x);
            inputs.addAll(parts.arrays());
            return kernel(pass).call("stem", inputs.toArray(new NDArray[0]));
        }
    }

    ResidualNetwork(ResidualNetworkConfig config, Kernels kernels) {
        this.config = config;
        if (config.hasDeepStem()) {
            int half = config.stemChannels / 2;
            addStem(kernels, "stem.0.conv", "stem.0.bn", new Conv2d(config.inChannels, half, 3, 1), half, 2);
            addStem(kernels, "stem.1.conv", "stem.1.bn", new Conv2d(half, half, 3, 1), half, 1);
            addStem(
                    kernels,
                    "stem.2.conv",
                    "stem.2.bn",
                    new Conv2d(half, config.stemChannels, 3, 1),
                    config.stemChannels,
                    1);
        } else {
            addStem(
                    kernels,
                    "conv1",
                    "bn1",
                    new Conv2d(config.inChannels, config.stemChannels, 7, 1),
                    config.stemChannels,
                    2);
        }
        for (int stage = 1; stage <= config.numStages; stage++) {
            stages.add(stage(kernels, stage));
        }
    }

    private boolean isFrozen(int stage) {
        return stage <= config.frozenStages;
    }

    private void addStem(Kernels kernels, String convName, String normName, Conv2d conv, int channels, int stride) {
        ConvNorm parts =
                new ConvNorm(child(convName, conv), child(normName, new BatchNorm(kernels, channels, config.normCfg)));
        if (isFrozen(0)) {
            parts.freeze();
        }
        stem.add(new StemLayer(
                parts,
                stemKernel(kernels, stride, !isFrozen(0) && !config.normEval),
                stemKernel(kernels, stride, false)));
    }

    private Kernel stemKernel(Kernels kernels, int stride, boolean training) {
        Map<String, Number> constants = new HashMap<>(config.normCfg.constants(training));
        constants.put("stride", stride);
        return kernels.load(ResidualNetwork.class, "stem.torchscript", constants);
    }

    private List<ResidualBlock> stage(Kernels kernels, int stage) {
        int blocks = config.stageBlocks().get(stage - 1);
        boolean frozen = isFrozen(stage);
        ResidualBlock.Training how = new ResidualBlock.Training(
                frozen || config.normEval, config.zeroInitResidual, frozen ? 0 : config.dropPathRate);
        List<ResidualBlock> layer = children(
                "layer" + stage,
                IntStream.range(0, blocks)
                        .mapToObj(i -> new ResidualBlock(kernels, shape(stage, i == 0), config.normCfg, how))
                        .toList());
        if (frozen) {
            layer.forEach(Layer::freeze);
        }
        return layer;
    }

    private ResidualBlock.Shape shape(int stage, boolean first) {
        int out = config.channels(stage);
        return new ResidualBlock.Shape(
                config.bottleneck(),
                first ? config.channels(stage - 1) : out,
                config.innerChannels(stage),
                out,
                first ? config.strides.get(stage - 1) : 1,
                config.dilations.get(stage - 1),
                config.convolutionGroups(),
                config.style == ResidualNetworkConfig.Style.CAFFE,
                config.averagesDown());
    }

    @Override
    protected void afterInitialize() {
        if (config.initCfg != null) {
            config.initCfg.loadInto(this);
        }
    }

    @Override
    public List<Integer> outIndices() {
        return config.outIndices;
    }

    /**
     * The outputs chosen by {@code out_indices}, from the stem to the last stage: {@code [batch, channels, height,
     * width]} each.
     */
    @Override
    public NDList features(NDArray images, Pass pass) {
        Kernel kernel = stem.get(0).kernel(pass);
        NDList kept = new NDList(images);
        NDArray x =
                config.channelsLast(images.getShape().slice(2).size()) ? kernel.call("channels_last", images) : images;
        for (StemLayer layer : stem) {
            x = replace(x, layer.forward(x, pass), kept);
        }
        if (config.outIndices.contains(0)) {
            kept.add(x);
        }
        x = replace(x, kernel.call("max_pool", x), kept);
        for (int stage = 1; stage <= stages.size(); stage++) {
            for (ResidualBlock block : stages.get(stage - 1)) {
                x = replace(x, block.forward(x, pass), kept);
            }
            pass.record("layer" + stage, x);
            if (config.outIndices.contains(stage)) {
                kept.add(x);
            }
        }
        return kept.subNDList(1);
    }

    /** Gives back a map's memory when the next one is there, unless it is kept; what autograd needs of it, it has. */
    private static NDArray replace(NDArray map, NDArray next, NDList kept) {
        if (kept.stream().noneMatch(array -> array == map)) {
            map.close();
        }
        return next;
    }
}
