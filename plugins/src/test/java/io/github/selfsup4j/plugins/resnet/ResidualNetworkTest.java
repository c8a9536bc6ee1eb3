package io.github.selfsup4j.plugins.resnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResidualNetworkTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);

    @AfterEach
    void end() {
        manager.close();
    }

    private static <C extends ResidualNetworkConfig> C small(C config, int depth) {
        config.depth = depth;
        config.stemChannels = 8;
        config.baseChannels = 8;
        return config;
    }

    private <N extends ResidualNetwork> N initialized(N network) {
        network.initialize(manager);
        return network;
    }

    private NDArray images() {
        return manager.randomNormal(new Shape(2, 3, 64, 64));
    }

    private Pass training() {
        return Pass.training(manager, Draws.from(RandomStream.of(0)));
    }

    private static long elements(ResidualNetwork network) {
        return network.namedParameters().values().stream()
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    @Test
    void hasAsManyParametersAsTheReference() {
        ResNet.Config resNet18 = new ResNet.Config();
        resNet18.depth = 18;
        assertEquals(11_176_512, elements(new ResNet(resNet18, kernels)));
        ResNet.Config resNet50 = new ResNet.Config();
        resNet50.depth = 50;
        assertEquals(23_508_032, elements(new ResNet(resNet50, kernels)));
        ResNeXt.Config resNeXt50 = new ResNeXt.Config();
        resNeXt50.depth = 50;
        assertEquals(22_979_904, elements(new ResNeXt(resNeXt50, kernels)));
        ResNetV1d.Config resNetV1d50 = new ResNetV1d.Config();
        resNetV1d50.depth = 50;
        assertEquals(23_527_264, elements(new ResNetV1d(resNetV1d50, kernels)));
    }

    @Test
    void givesTheMapsThatAreAskedFor() {
        ResNet.Config config = small(new ResNet.Config(), 18);
        config.outIndices = List.of(0, 2, 4);
        NDList maps = initialized(new ResNet(config, kernels)).features(images(), Pass.evaluation(manager));
        assertEquals(
                List.of(new Shape(2, 8, 32, 32), new Shape(2, 16, 8, 8), new Shape(2, 64, 2, 2)),
                maps.stream().map(NDArray::getShape).toList());
        assertEquals(List.of(8, 16, 64), config.featureChannels());
    }

    @Test
    void deepStemAndAveragingShortcutsHaveTheReferencesNames() {
        Map<String, Parameter> state = new ResNetV1d(small(new ResNetV1d.Config(), 50), kernels).state();
        assertTrue(state.keySet()
                .containsAll(List.of(
                        "stem.0.conv.weight",
                        "stem.2.bn.running_mean",
                        "layer1.0.downsample.0.weight",
                        "layer2.0.downsample.1.weight",
                        "layer2.0.downsample.2.num_batches_tracked")));
        assertFalse(state.containsKey("layer2.0.downsample.0.weight"));
    }

    @Test
    void trainingMovesRunningStatisticsAndEvaluationDoesNot() {
        ResNet network = initialized(new ResNet(small(new ResNet.Config(), 18), kernels));
        Map<String, Parameter> state = network.state();
        network.features(images(), Pass.evaluation(manager));
        assertArrayEquals(new float[8], state.get("bn1.running_mean").getArray().toFloatArray());
        network.features(images(), training());
        network.features(images(), training());
        assertNotEquals(0, state.get("bn1.running_mean").getArray().getFloat(0));
        assertEquals(2, state.get("layer4.1.bn2.num_batches_tracked").getArray().getLong());
    }

    @Test
    void frozenStagesAreNotTrainedAndKeepTheirStatistics() {
        ResNet.Config config = small(new ResNet.Config(), 18);
        config.frozenStages = 2;
        ResNet network = initialized(new ResNet(config, kernels));
        network.features(images(), training());
        network.state().forEach((name, parameter) -> {
            boolean frozen = !name.startsWith("layer3") && !name.startsWith("layer4");
            if (name.endsWith("num_batches_tracked")) {
                assertEquals(frozen ? 0 : 1, parameter.getArray().getLong(), name);
            } else if (!name.contains("running")) {
                assertEquals(frozen, !parameter.requiresGradient(), name);
            }
        });
    }

    @Test
    void normEvalKeepsStatisticsButTrains() {
        ResNet.Config config = small(new ResNet.Config(), 18);
        config.normEval = true;
        ResNet network = initialized(new ResNet(config, kernels));
        network.features(images(), training());
        assertEquals(
                0, network.state().get("bn1.num_batches_tracked").getArray().getLong());
        assertTrue(network.namedParameters().values().stream().allMatch(Parameter::requiresGradient));
    }

    @Test
    void blocksThatStartAsTheIdentityAddNothing() {
        ResNet.Config config = small(new ResNet.Config(), 50);
        config.zeroInitResidual = true;
        Map<String, Parameter> state = initialized(new ResNet(config, kernels)).state();
        assertArrayEquals(
                new float[32], state.get("layer1.0.bn3.weight").getArray().toFloatArray());
        assertEquals(1, state.get("layer1.0.bn2.weight").getArray().getFloat(0));
    }

    @Test
    void stochasticDepthOfNearlyOneLeavesTheShortcuts() {
        ResNet.Config config = small(new ResNet.Config(), 18);
        config.outIndices = List.of(0, 1);
        config.dropPathRate = 0.999999;
        NDList maps = initialized(new ResNet(config, kernels)).features(images(), training());
        NDArray pooled = maps.get(0).reshape(2, 8, 32, 32);
        // Both blocks of the first stage are dropped, and what the stem gives is not negative: only the pooling is
        // left.
        assertEquals(pooled.max().getFloat(), maps.get(1).max().getFloat());
    }
}
