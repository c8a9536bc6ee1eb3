package io.github.selfsup4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private static Kernel example(NDManager manager, Precision precision) {
        return new Kernels(manager, precision).load(KernelsTest.class, "example.torchscript", Map.of("factor", 2));
    }

    @Test
    void gradientsFlowThroughAKernel() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernel kernel = example(manager, Precision.FP32);
            NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            NDArray weight = manager.create(new float[] {1, 0, 0, 1}, new Shape(2, 2));
            weight.setRequiresGradient(true);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray y = kernel.call("twice", x, weight);
                assertArrayEquals(new float[] {2, 4, 6, 8}, y.toFloatArray());
                gradients.backward(y.sum());
            }
            assertArrayEquals(new float[] {8, 12, 8, 12}, weight.getGradient().toFloatArray());
        }
    }

    @Test
    void bfloat16StaysInsideAndRounds() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray x = manager.create(new float[] {1.001f}, new Shape(1, 1));
            NDArray y = example(manager, Precision.BF16)
                    .call("twice", x, manager.create(new float[] {1f}, new Shape(1, 1)));
            assertEquals(2f, y.getFloat());
        }
    }

    @Test
    void aListIsOneArgumentAndATupleManyResults() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            List<NDArray> rest = List.of(manager.create(1f), manager.create(4f));
            NDList sums = example(manager, Precision.FP32)
                    .callAll("sums", List.of(manager.ones(new Shape(3))), List.of(rest));
            assertEquals(3f, sums.get(0).getFloat());
            assertEquals(5f, sums.get(1).getFloat());
        }
    }

    @Test
    void aMissingConstantIsNamed() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            Exception e = assertThrows(
                    IllegalArgumentException.class,
                    () -> kernels.load(KernelsTest.class, "example.torchscript", Map.of("other", 1)));
            assertTrue(e.getMessage().contains("$factor") && e.getMessage().contains("other"), e.getMessage());
        }
    }
}
