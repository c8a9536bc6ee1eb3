package io.github.selfsup4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of channels that engines lay out in blocks, and numbers that they do not. */
class ConvolutionTest {

    @ParameterizedTest
    @CsvSource({
        "3, 8, 7, 2, 1, 1",
        "3, 64, 7, 2, 1, 1",
        "8, 8, 3, 1, 1, 1",
        "24, 40, 3, 2, 1, 1",
        "24, 24, 1, 1, 1, 1",
        "16, 20, 3, 1, 2, 1",
        "32, 32, 3, 1, 1, 8",
        "2, 6, 3, 1, 1, 2",
        "48, 48, 3, 2, 1, 1",
        "160, 16, 3, 2, 1, 1",
        "80, 40, 3, 2, 1, 5"
    })
    void resultAndGradientsAreThoseOfDoublePrecision(int in, int out, int side, int stride, int dilation, int groups) {
        Map<String, Integer> constants = Map.of("stride", stride, "dilation", dilation, "groups", groups);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (Optional<Kernels.Convolution> how :
                    List.of(Optional.<Kernels.Convolution>empty(), Optional.of(Kernels.Convolution.DIRECT))) {
                Kernel kernel = new Kernels(manager, Precision.FP32, call -> {}, how)
                        .load(ConvolutionTest.class, "convolution.torchscript", constants);
                NDArray x = manager.randomNormal(new Shape(2, in, 9, 9));
                NDArray weight = manager.randomNormal(new Shape(out, in / groups, side, side));
                assertEqual(run(kernel, "in_double", x, weight), run(kernel, "convolution", x, weight));
            }
        }
    }

    private static List<float[]> run(Kernel kernel, String function, NDArray x, NDArray weight) {
        x.setRequiresGradient(true);
        weight.setRequiresGradient(true);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray y = kernel.call(function, x, weight);
            gradients.backward(y.sin().sum());
            List<float[]> numbers = List.of(
                    y.toFloatArray(),
                    x.getGradient().toFloatArray(),
                    weight.getGradient().toFloatArray());
            gradients.zeroGradients();
            return numbers;
        }
    }

    private static void assertEqual(List<float[]> expected, List<float[]> found) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), 2e-3f);
        }
    }
}
