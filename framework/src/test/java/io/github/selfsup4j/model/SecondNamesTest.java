package io.github.selfsup4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A layer that the reference stores under two names. */
class SecondNamesTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Model model = new Model(new Kernels(manager, Precision.FP32));

    SecondNamesTest() {
        model.initialize(manager);
    }

    private static final class Model extends Layer implements Network {
        Model(Kernels kernels) {
            alias(
                    "backbone",
                    child("online.0", new BatchNorm(kernels, 2, BatchNormConfig.of(BatchNormConfig.Type.PLAIN))));
        }
    }

    @AfterEach
    void end() {
        manager.close();
    }

    private static Map<String, HostTensor> norm(String prefix, float weight) {
        return Map.of(
                prefix + "weight",
                HostTensor.of(new float[] {weight, weight}, 2),
                prefix + "bias",
                HostTensor.of(new float[2], 2),
                prefix + "running_mean",
                HostTensor.of(new float[2], 2),
                prefix + "running_var",
                HostTensor.of(new float[2], 2),
                prefix + "num_batches_tracked",
                HostTensor.of(new long[] {5}));
    }

    private float[] weight() {
        return model.state().get("online.0.weight").getArray().toFloatArray();
    }

    @Test
    void theStateHasBothButAParameterIsTrainedOnce() {
        assertEquals(
                List.of("online.0.weight", "online.0.bias"),
                List.copyOf(model.namedParameters().keySet()));
        assertEquals(10, model.state().size());
        assertSame(model.state().get("online.0.bias"), model.state().get("backbone.bias"));
    }

    @Test
    void whatIsSavedIsOneTensorUnderBoth() {
        Map<String, HostTensor> saved = StateLoader.save(model);
        assertSame(saved.get("online.0.running_var"), saved.get("backbone.running_var"));
    }

    @Test
    void eitherNameIsEnoughToLoad() {
        StateLoader.loadStrictly(model, norm("backbone.", 3), "a file");
        assertArrayEquals(new float[] {3, 3}, weight());
        StateLoader.loadStrictly(model, norm("online.0.", 4), "a file");
        assertArrayEquals(new float[] {4, 4}, weight());
        assertEquals(
                5, model.state().get("backbone.num_batches_tracked").getArray().getLong());
    }

    @Test
    void neitherNameIsMissing() {
        Exception e = assertThrows(
                ConfigException.class,
                () -> StateLoader.loadStrictly(
                        model, Map.of("backbone.weight", HostTensor.of(new float[2], 2)), "a file"));
        assertTrue(e.getMessage().contains("8 missing in the file: online.0.bias"), e.getMessage());
    }
}
