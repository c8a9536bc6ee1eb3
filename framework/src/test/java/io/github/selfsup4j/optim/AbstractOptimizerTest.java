package io.github.selfsup4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AbstractOptimizerTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final SignSgd.Config config = new SignSgd.Config();

    AbstractOptimizerTest() {
        for (String name : new String[] {"conv.weight", "conv.bias", "fc.weight", "fc.bias"}) {
            parameters.put(name, Parameters.group(name, manager, 10, -10).parameter());
        }
        config.lr = 0.5;
        config.weightDecay = 0.2;
        config.paramwiseOptions = Map.of("bias", new ParamwiseOption(Map.of("weight_decay", 0.0, "lr_mult", 2.0)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private SignSgd stepped(float[]... gradients) {
        SignSgd optimizer = new SignSgd(config, new Kernels(manager, Precision.FP32));
        optimizer.attach(parameters);
        try (NDManager scope = manager.newSubManager()) {
            optimizer.step(Arrays.stream(gradients)
                    .map(gradient -> gradient == null ? null : scope.create(gradient))
                    .toList());
        }
        return optimizer;
    }

    private NDArray array(String name) {
        return parameters.get(name).getArray();
    }

    @Test
    void parametersWithEqualOptionsAreUpdatedTogether() {
        SignSgd optimizer = stepped(new float[] {3, 4}, new float[] {3, -4}, new float[] {-3, 0}, new float[] {1, 1});
        assertEquals(2, optimizer.updates());
        assertArrayEquals(new float[] {8.5f, -9.5f}, array("conv.weight").toFloatArray());
        assertArrayEquals(new float[] {9, -9}, array("conv.bias").toFloatArray());
        assertArrayEquals(new float[] {9.5f, -9}, array("fc.weight").toFloatArray());
        assertArrayEquals(new float[] {9, -11}, array("fc.bias").toFloatArray());
    }

    @Test
    void aParameterWithoutGradientIsLeftAlone() {
        stepped(null, new float[] {1, 1}, new float[] {1, 1}, null);
        assertArrayEquals(new float[] {10, -10}, array("conv.weight").toFloatArray());
        assertArrayEquals(new float[] {10, -10}, array("fc.bias").toFloatArray());
        assertArrayEquals(new float[] {9, -11}, array("conv.bias").toFloatArray());
    }

    @Test
    void aScheduleActsThroughTheGroups() {
        SignSgd optimizer = new SignSgd(config, new Kernels(manager, Precision.FP32));
        optimizer.attach(parameters);
        optimizer.groups().forEach(group -> group.set("lr", 3));
        try (NDManager scope = manager.newSubManager()) {
            optimizer.step(Arrays.asList(null, scope.create(new float[] {1, 1}), null, null));
        }
        assertArrayEquals(new float[] {7, -13}, array("conv.bias").toFloatArray());
        assertEquals(1, optimizer.groups().get(1).initialLr());
    }

    @Test
    void aFrozenParameterIsAGroupWithTheOptimizersOwnOptions() {
        parameters.get("fc.bias").freeze(true);
        SignSgd optimizer = new SignSgd(config, new Kernels(manager, Precision.FP32));
        optimizer.attach(parameters);
        assertEquals(4, optimizer.groups().size());
        assertEquals(0.2, optimizer.groups().get(3).option("weight_decay"));
        assertEquals(0, optimizer.groups().get(1).option("weight_decay"));
    }
}
