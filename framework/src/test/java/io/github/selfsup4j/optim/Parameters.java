package io.github.selfsup4j.optim;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;

/** Parameters and gradients without a model. */
public final class Parameters {
    private Parameters() {}

    /** A group of a trained parameter with the given values. */
    public static ParameterGroup group(String name, NDManager manager, float... values) {
        NDArray array = manager.create(values, new Shape(values.length));
        array.setRequiresGradient(true);
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optArray(array)
                .optRequiresGrad(true)
                .build();
        return new ParameterGroup(name, parameter, Map.of("lr", 0.1));
    }

    /** Adds to a parameter's gradient, by differentiating. */
    public static void addGradient(ParameterGroup group, float... gradient) {
        NDArray array = group.parameter().getArray();
        try (NDManager scope = array.getManager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = scope.create(gradient, array.getShape()).mul(array).sum();
            collector.backward(loss);
        }
    }

    /** The values of gradients; null where there is none. */
    public static List<float[]> values(List<NDArray> gradients) {
        return gradients.stream()
                .map(gradient -> gradient == null ? null : gradient.toFloatArray())
                .toList();
    }
}
