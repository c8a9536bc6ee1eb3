package io.github.selfsup4j.plugins.optimizers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.StateLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters without a model around them. */
final class Model {
    private Model() {}

    /** A parameter without an array, as groups need it. */
    static Parameter parameter(String name, boolean trained, long... shape) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(shape))
                .optRequiresGrad(trained)
                .build();
    }

    /** Parameters with values. */
    static Map<String, Parameter> of(Map<String, HostTensor> values, NDManager manager) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        values.forEach((name, tensor) -> {
            Parameter parameter = Parameter.builder()
                    .setName(name)
                    .setType(Parameter.Type.OTHER)
                    .optShape(new Shape(tensor.shape()))
                    .optArray(manager.zeros(new Shape(tensor.shape()), DataType.FLOAT32))
                    .optRequiresGrad(true)
                    .build();
            parameter.getArray().setRequiresGradient(true);
            StateLoader.copy(tensor, parameter.getArray());
            parameters.put(name, parameter);
        });
        return parameters;
    }

    /** Gradients on the device. */
    static List<NDArray> gradients(List<HostTensor> values, NDManager scope) {
        List<NDArray> gradients = new ArrayList<>();
        values.forEach(tensor ->
                gradients.add(tensor == null ? null : scope.create(tensor.toFloats(), new Shape(tensor.shape()))));
        return gradients;
    }
}
