package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Averages the feature maps of one stage of a ResNet-50, so that about 9000 numbers an image remain whatever the stage
 * (the reference's {@code MultiPooling}), and normalises them over the batch.
 */
final class StagePooling {
    /** What is averaged in a stage; the stem is stage 0. */
    private record Stage(int channels, int grid, int window, int stride, int padding) {}

    private static final List<Stage> RESNET_50 = List.of(
            new Stage(64, 12, 10, 10, 4),
            new Stage(256, 6, 16, 8, 0),
            new Stage(512, 4, 13, 5, 0),
            new Stage(1024, 3, 8, 3, 0),
            new Stage(2048, 2, 6, 1, 0));

    private final Stage stage;
    private final BatchNorm norm;
    private final Kernel training;
    private final Kernel evaluation;

    /** @param norm of the stage's channels, or null for none */
    StagePooling(Kernels kernels, MultiClsHead.PoolType type, int stage, BatchNorm norm, BatchNormConfig config) {
        this.stage = RESNET_50.get(stage);
        this.norm = norm;
        training = kernel(kernels, type, config.constants(true));
        evaluation = kernel(kernels, type, config.constants(false));
    }

    private Kernel kernel(Kernels kernels, MultiClsHead.PoolType type, Map<String, Number> norm) {
        Map<String, Number> constants = new HashMap<>(norm);
        constants.putAll(Map.of(
                "adaptive",
                type == MultiClsHead.PoolType.ADAPTIVE ? 1 : 0,
                "grid",
                stage.grid(),
                "window",
                stage.window(),
                "stride",
                stage.stride(),
                "padding",
                stage.padding()));
        return kernels.load(StagePooling.class, "stage_pooling.torchscript", constants);
    }

    /** Number of stages. */
    static int stages() {
        return RESNET_50.size();
    }

    /** Number of channels of a stage. */
    static int channels(int stage) {
        return RESNET_50.get(stage).channels();
    }

    /** How many numbers remain of an image. */
    int dim() {
        return stage.channels() * stage.grid() * stage.grid();
    }

    /** Maps {@code [batch, channels, height, width]} to {@code [batch, channels, grid, grid]}. */
    NDArray forward(NDArray maps, Pass pass) {
        Kernel kernel = pass.training() ? training : evaluation;
        NDArray pooled = kernel.call("pool", maps);
        if (norm == null) {
            return pooled;
        }
        NDList inputs = new NDList(pooled);
        inputs.addAll(norm.arrays());
        return kernel.call("normalize", inputs.toArray(new NDArray[0]));
    }
}
