package io.github.selfsup4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttentionTest {

    @Test
    void fusedAndInOperatorsItIsTheSame() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray query = manager.randomNormal(0, 1, new Shape(2, 3, 5, 8), DataType.FLOAT32);
            NDArray key = manager.randomNormal(0, 1, new Shape(2, 3, 7, 8), DataType.FLOAT32);
            NDArray value = manager.randomNormal(0, 1, new Shape(2, 3, 7, 8), DataType.FLOAT32);
            assertArrayEquals(
                    attention(manager, Kernels.Attention.OPERATORS, query, key, value),
                    attention(manager, Kernels.Attention.FUSED, query, key, value),
                    1e-5f);
        }
    }

    private static float[] attention(
            NDManager manager, Kernels.Attention attention, NDArray query, NDArray key, NDArray value) {
        return new Kernels(manager, Precision.FP32, call -> {}, Optional.empty(), attention)
                .load(AttentionTest.class, "attention.torchscript", Map.of())
                .call("attention", query, key, value)
                .toFloatArray();
    }
}
