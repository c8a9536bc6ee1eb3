package io.github.selfsup4j.tools.trace;

import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.io.ElementType;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.nn.Draws;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arrays of a file as a batch; {@code draw.*} stand in for what the algorithm would draw, {@code
 * extra.*} are state outside the state dict.
 *
 * @param arrays by name
 */
record GivenArrays(Map<String, HostTensor> arrays) implements TrainingData.Pending {
    private static final String DRAW = "draw.";
    private static final String EXTRA = "extra.";

    @Override
    public Batch toBatch(NDManager scope) {
        Map<String, NDArray> batch = new LinkedHashMap<>();
        arrays.forEach((name, tensor) -> {
            if (!name.startsWith(DRAW) && !name.startsWith(EXTRA)) {
                batch.put(name, array(tensor, scope));
            }
        });
        return new Batch(batch);
    }

    /** Draws that are the file's where it has them, and fresh ones otherwise. */
    Draws draws(RandomStream random) {
        return (name, manager, make) -> {
            HostTensor given = arrays.get(DRAW + name);
            return given == null ? make.apply(random) : array(given, manager);
        };
    }

    private static NDArray array(HostTensor tensor, NDManager scope) {
        Shape shape = new Shape(tensor.shape());
        boolean whole = switch (tensor.type()) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> false;
            default -> true;
        };
        if (tensor.type() == ElementType.FLOAT64) {
            return scope.create(tensor.toDoubles(), shape);
        }
        return whole ? scope.create(tensor.toLongs(), shape) : scope.create(tensor.toFloats(), shape);
    }

    @Override
    public int size() {
        return (int) arrays.entrySet().stream().filter(entry -> !entry.getKey().startsWith(DRAW))
                .findFirst().orElseThrow().getValue().shape()[0];
    }
}
