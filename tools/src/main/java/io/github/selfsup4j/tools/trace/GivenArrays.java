package io.github.selfsup4j.tools.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.nn.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The arrays of a file as a batch; {@code draw.*} stand in for what the algorithm would draw, {@code extra.*} are state
 * outside the state dict.
 *
 * @param arrays by name
 */
record GivenArrays(Map<String, HostTensor> arrays) implements TrainingData.Pending {
    private static final String DRAW = "draw.";
    private static final String EXTRA = "extra.";

    @Override
    public Batch toBatch(NDManager scope) {
        Map<String, NDArray> batch = new LinkedHashMap<>();
        batchNames().forEach(name -> batch.put(name, array(arrays.get(name), scope)));
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
        boolean whole =
                switch (tensor.type()) {
                    case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> false;
                    default -> true;
                };
        if (tensor.type() == ElementType.FLOAT64) {
            return scope.create(tensor.toDoubles(), shape);
        }
        return whole ? scope.create(tensor.toLongs(), shape) : scope.create(tensor.toFloats(), shape);
    }

    /** The length of the first axis of the first array that has one. */
    @Override
    public int size() {
        return (int) batchNames()
                .map(name -> arrays.get(name).shape())
                .filter(shape -> shape.length > 0)
                .mapToLong(shape -> shape[0])
                .findFirst()
                .orElse(1);
    }

    private Stream<String> batchNames() {
        return arrays.keySet().stream().filter(name -> !name.startsWith(DRAW) && !name.startsWith(EXTRA));
    }

    /** Names, types and shapes. */
    String describe() {
        return arrays.entrySet().stream()
                .map(array -> array.getKey() + ": " + array.getValue().type().torchName()
                        + Arrays.toString(array.getValue().shape()))
                .collect(Collectors.joining(", "));
    }
}
