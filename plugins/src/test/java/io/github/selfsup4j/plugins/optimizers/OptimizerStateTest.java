package io.github.selfsup4j.plugins.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerStateTest {
    private static final String ADAMW = "{type: AdamW, lr: 0.1, paramwise_options: {bias: {weight_decay: 0.}}}";

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);

    @AfterEach
    void close() {
        manager.close();
    }

    /** An optimizer, its parameters and a way to step it. */
    private final class Training {
        private final Map<String, Parameter> parameters;
        private final Optimizer optimizer;

        Training(String config, Map<String, HostTensor> values) {
            parameters = Model.of(values, manager);
            optimizer = Configs.optimizer(config, kernels);
            optimizer.attach(parameters);
        }

        /** @param gradients null for none */
        void step(HostTensor... gradients) {
            try (NDManager scope = manager.newSubManager()) {
                optimizer.step(Model.gradients(Arrays.asList(gradients), scope));
            }
        }

        float[] values(String name) {
            return parameters.get(name).getArray().toFloatArray();
        }
    }

    private static Map<String, HostTensor> weightAndBias(float... bias) {
        Map<String, HostTensor> values = new LinkedHashMap<>();
        values.put("weight", HostTensor.of(new float[] {1, -2, 3, -4}, 2, 2));
        values.put("bias", HostTensor.of(bias, bias.length));
        return values;
    }

    private static HostTensor weight(float scale) {
        return HostTensor.of(new float[] {scale, 2 * scale, -scale, 0.3f * scale}, 2, 2);
    }

    private static HostTensor bias(float value) {
        return HostTensor.of(new float[] {value, -value}, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ADAMW,
                "{type: AdamW, lr: 0.1, amsgrad: true}",
                "{type: Adam, lr: 0.1}",
                "{type: RMSprop, lr: 0.1, momentum: 0.9}",
                "{type: SGD, lr: 0.1}",
                "{type: SGD, lr: 0.1, momentum: 0.9, dampening: 0.5}",
                "{type: LARS, lr: 0.1, momentum: 0.9}"
            })
    void goesOnFromAFileAsIfNothingHadHappened(String config, @TempDir Path folder) throws IOException {
        Training before = new Training(config, weightAndBias(5, 6));
        before.step(weight(1), null);
        before.step(weight(-0.7f), bias(1));
        PthFile.write(folder.resolve("state.pth"), before.optimizer.state());
        Training after = new Training(config, weightAndBias(before.values("bias")));
        after.optimizer.load(PthFile.read(folder.resolve("state.pth")));
        after.parameters.get("weight").getArray().set(before.values("weight"));
        for (Training training : List.of(before, after)) {
            training.step(weight(0.1f), bias(3));
            training.step(null, bias(0.2f));
        }
        assertArrayEquals(before.values("weight"), after.values("weight"));
        assertArrayEquals(before.values("bias"), after.values("bias"));
        assertEquals(before.optimizer.state(), after.optimizer.state());
    }

    @Test
    void hasPyTorchsLayout() {
        Training training = new Training(ADAMW, weightAndBias(5, 6));
        training.step(weight(1), null);
        Tree state = training.optimizer.state();
        assertEquals(HostTensor.scalar(1f), state.asTensor("state", 0, "step"));
        assertEquals(
                weight(1).toFloats()[0] * 0.1f,
                state.asTensor("state", 0, "exp_avg").toFloats()[0],
                1e-7);
        assertFalse(state.find("state", 1).isPresent());
        assertEquals(0.01, state.asDouble("param_groups", 0, "weight_decay"));
        assertEquals(0, state.asDouble("param_groups", 1, "weight_decay"));
        assertEquals(Tree.tuple(Tree.of(0.9), Tree.of(0.999)), state.at("param_groups", 1, "betas"));
        assertEquals(Tree.of(false), state.at("param_groups", 1, "amsgrad"));
        assertEquals(Tree.list(Tree.of(1)), state.at("param_groups", 1, "params"));
    }

    @Test
    void readsWhatPyTorchWrote() {
        Tree buffers = Tree.mapping()
                .put(0, Tree.mapping().put("momentum_buffer", weight(1)).build())
                .put(1, Tree.mapping().put("momentum_buffer", Tree.none()).build())
                .build();
        Tree groups = Tree.list(
                Tree.mapping().put("params", Tree.list(Tree.of(0))).build(),
                Tree.mapping().put("params", Tree.list(Tree.of(1))).build());
        Training training = new Training("{type: SGD, lr: 1, momentum: 0.5}", weightAndBias(5, 6));
        training.optimizer.load(
                Tree.mapping().put("state", buffers).put("param_groups", groups).build());
        training.step(HostTensor.of(new float[4], 2, 2), bias(1));
        assertArrayEquals(new float[] {0.5f, -3, 3.5f, -4.15f}, training.values("weight"));
        assertArrayEquals(new float[] {4, 7}, training.values("bias"));
    }

    @Test
    void oldPyTorchsStepIsANumber() {
        Tree state = Tree.mapping()
                .put(
                        0,
                        Tree.mapping()
                                .put("step", 4)
                                .put("exp_avg", weight(0))
                                .put("exp_avg_sq", weight(0))
                                .build())
                .build();
        Tree groups = Tree.list(Tree.mapping().build(), Tree.mapping().build());
        Training training = new Training(ADAMW, weightAndBias(5, 6));
        training.optimizer.load(
                Tree.mapping().put("state", state).put("param_groups", groups).build());
        assertEquals(HostTensor.scalar(4f), training.optimizer.state().asTensor("state", 0, "step"));
    }

    @Test
    void refusesTheStateOfAnotherOptimizer() {
        Training sgd = new Training("{type: SGD, lr: 1, momentum: 0.5}", weightAndBias(5, 6));
        sgd.step(weight(1), bias(1));
        assertRefused(
                ADAMW,
                weightAndBias(5, 6),
                sgd.optimizer.state(),
                "the checkpoint's optimizer state is not one of this AdamW: "
                        + "weight has momentum_buffer there, step, exp_avg, exp_avg_sq here, bias has momentum_buffer there, step, exp_avg, exp_avg_sq here");
    }

    @Test
    void refusesTheStateOfParametersOfOtherShapes() {
        Training training = new Training(ADAMW, weightAndBias(5, 6, 7));
        training.step(weight(1), HostTensor.of(new float[3], 3));
        assertRefused(
                ADAMW,
                weightAndBias(5, 6),
                training.optimizer.state(),
                "the checkpoint's optimizer state is not one of this AdamW: bias has exp_avg of shape [3] there, (2) here");
    }

    @Test
    void refusesTheStateOfOtherParameters() {
        Training training = new Training(ADAMW, weightAndBias(5, 6));
        Map<String, HostTensor> others = weightAndBias(5, 6);
        others.put("gamma", others.remove("bias"));
        others.put("beta", bias(1));
        assertRefused(
                ADAMW,
                others,
                training.optimizer.state(),
                "the checkpoint's optimizer state is of other parameters: "
                        + "2 there, 3 in the model; in the checkpoint only: bias; in the model only: gamma, beta");
    }

    @Test
    void refusesAnotherOrder() {
        Training training = new Training(ADAMW, weightAndBias(5, 6));
        Map<String, HostTensor> swapped = weightAndBias(5, 6);
        swapped.put("weight", swapped.remove("weight"));
        assertRefused(
                ADAMW,
                swapped,
                training.optimizer.state(),
                "the checkpoint's optimizer state is of other parameters: 2 there, 2 in the model; their order differs");
    }

    private void assertRefused(String config, Map<String, HostTensor> values, Tree state, String message) {
        Training training = new Training(config, values);
        ConfigException e = assertThrows(ConfigException.class, () -> training.optimizer.load(state));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ADAMW,
                "{type: AdamW, lr: 0.1, amsgrad: true}",
                "{type: RMSprop, lr: 0.1, momentum: 0.9}",
                "{type: SGD, lr: 0.1, momentum: 0.9}",
                "{type: LARS, lr: 0.1, momentum: 0.9}"
            })
    void noArrayIsLeftBehindByAStep(String config) {
        Training training = new Training(config, weightAndBias(5, 6));
        training.step(weight(1), bias(1));
        training.step(weight(1), bias(1));
        int before = manager.getManagedArrays().size();
        assertTrue(before >= 2, "nothing is counted");
        for (int i = 0; i < 200; i++) {
            training.step(weight(1), bias(1));
        }
        assertEquals(before, manager.getManagedArrays().size());
    }
}
