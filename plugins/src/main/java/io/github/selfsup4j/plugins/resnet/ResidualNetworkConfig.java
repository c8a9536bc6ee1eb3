package io.github.selfsup4j.plugins.resnet;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.Pretrained;
import io.github.selfsup4j.nn.BatchNormConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Keys that all residual networks have. */
public abstract class ResidualNetworkConfig implements Validated, Backbone.Settings {
    private static final Map<Integer, List<Integer>> BLOCKS = new TreeMap<>(Map.of(
            18,
            List.of(2, 2, 2, 2),
            34,
            List.of(3, 4, 6, 3),
            50,
            List.of(3, 4, 6, 3),
            101,
            List.of(3, 4, 23, 3),
            152,
            List.of(3, 8, 36, 3)));
    private static final int STAGES = 4;
    private static final int FIRST_BOTTLENECK = 50;
    private static final int LARGE_IMAGE = 128 * 128;

    /** Which convolution of a bottleneck has the stride. */
    public enum Style {
        /** The 3x3 one. */
        PYTORCH,
        /** The first 1x1 one. */
        CAFFE
    }

    /** Number of layers: 18, 34, 50, 101 or 152. */
    @Required
    public int depth;
    /** Number of channels of an image. */
    public int inChannels = 3;
    /** Number of channels that the stem gives. */
    public int stemChannels = 64;
    /** Number of channels inside the first stage's blocks; doubles with every stage. */
    public int baseChannels = 64;
    /** What a block multiplies its inner channels with; null for 4 in bottlenecks and 1 otherwise. */
    public Integer expansion = null;
    /** Number of stages, up to 4. */
    public int numStages = STAGES;
    /** Stride of each stage's first block. */
    public List<Integer> strides = List.of(1, 2, 2, 2);
    /** Dilation of each stage's 3x3 convolutions. */
    public List<Integer> dilations = List.of(1, 1, 1, 1);
    /** Which outputs are wanted: 0 is that of the stem, 1 to {@code num_stages} those of the stages. */
    public List<Integer> outIndices = List.of(STAGES);
    /** {@code pytorch} or {@code caffe}: whether a bottleneck's 3x3 or its first 1x1 convolution has the stride. */
    public Style style = Style.PYTORCH;
    /** Stem and so many stages are not trained and keep their statistics: 0 is the stem, -1 nothing. */
    public int frozenStages = -1;
    /** Other kinds of convolutions; only null here. */
    public ConfigNode convCfg = null;
    /** Norms. */
    public BatchNormConfig normCfg = BatchNormConfig.of(BatchNormConfig.Type.PLAIN);
    /** Whether the norms keep their running statistics in training, and use them. */
    public boolean normEval = false;
    /** Recomputing activations in the backward pass; only false here. */
    public boolean withCp = false;
    /** Whether every block starts as the identity: its last norm's weight as zeros. */
    public boolean zeroInitResidual = false;
    /** Stochastic depth of every block. */
    public double dropPathRate = 0;
    /**
     * Whether feature maps have their channels last in memory: on the CPU a third faster, but the norms then sum in
     * float32 instead of float64; null for what images of 128 x 128 pixels or more get.
     */
    public Boolean channelsLast = null;
    /** Weights to start with, {@code {type: Pretrained, checkpoint, prefix}}; null for random ones. */
    public Pretrained initCfg = null;

    /** Whether the blocks of this depth are bottlenecks. */
    boolean bottleneck() {
        return depth >= FIRST_BOTTLENECK;
    }

    /** Number of blocks of each stage. */
    List<Integer> stageBlocks() {
        return BLOCKS.get(depth).subList(0, numStages);
    }

    private int factor() {
        return expansion != null ? expansion : bottleneck() ? 4 : 1;
    }

    /** Number of channels that a stage gives; 0 is the stem. */
    int channels(int stage) {
        return stage == 0 ? stemChannels : (baseChannels * factor()) << (stage - 1);
    }

    /** Number of channels inside a stage's blocks. */
    int innerChannels(int stage) {
        return channels(stage) / factor();
    }

    /** Whether feature maps of images of so many pixels have their channels last in memory. */
    boolean channelsLast(long pixels) {
        return channelsLast == null ? pixels >= LARGE_IMAGE : channelsLast;
    }

    /** Groups of the bottlenecks' 3x3 convolutions. */
    int convolutionGroups() {
        return 1;
    }

    /** Whether the stem is three 3x3 convolutions. */
    boolean hasDeepStem() {
        return false;
    }

    /** Whether shortcuts average where they reduce the size. */
    boolean averagesDown() {
        return false;
    }

    @Override
    public List<Integer> featureChannels() {
        return outIndices.stream().sorted().distinct().map(this::channels).toList();
    }

    @Override
    public int imageChannels() {
        return inChannels;
    }

    /** The depths there are. */
    List<Integer> depths() {
        return List.copyOf(BLOCKS.keySet());
    }

    @Override
    public void validate(Checks checks) {
        checks.require(depths().contains(depth), "depth", "one of " + depths());
        checks.require(numStages >= 1 && numStages <= STAGES, "numStages", "1 to " + STAGES);
        checks.require(strides.size() == numStages, "strides", numStages + " numbers, one a stage");
        checks.require(dilations.size() == numStages, "dilations", numStages + " numbers, one a stage");
        checks.require(
                Stream.concat(strides.stream(), dilations.stream()).allMatch(number -> number > 0),
                "strides",
                "positive numbers");
        checks.require(
                !outIndices.isEmpty() && outIndices.stream().allMatch(index -> index >= 0 && index <= numStages),
                "outIndices",
                "numbers from 0 (the stem) to num_stages " + numStages);
        checks.require(
                frozenStages >= -1 && frozenStages <= numStages, "frozenStages", "-1 to num_stages " + numStages);
        checks.require(inChannels > 0, "inChannels", "a positive number");
        checks.require(
                stemChannels > 0 && (!hasDeepStem() || stemChannels % 2 == 0),
                "stemChannels",
                "a positive number, even for a deep stem");
        checks.require(baseChannels > 0, "baseChannels", "a positive number");
        checks.require(
                expansion == null || (expansion > 0 && (bottleneck() || expansion == 1)),
                "expansion",
                "a positive number, 1 below depth " + FIRST_BOTTLENECK);
        checks.require(convCfg == null, "convCfg", "null: there are plain convolutions only");
        checks.require(!withCp, "withCp", "false: activations are kept, not computed twice");
        checks.require(dropPathRate >= 0 && dropPathRate < 1, "dropPathRate", "a number in [0, 1)");
    }
}
