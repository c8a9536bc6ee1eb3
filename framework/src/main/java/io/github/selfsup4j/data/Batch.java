package io.github.selfsup4j.data;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Samples stacked along a first axis, as arrays on the training device. The arrays belong to the scope they were made
 * in, usually that of one iteration.
 */
public final class Batch {
    private final Map<String, NDArray> arrays;

    /** @param arrays name to array; the first axis of each is the batch */
    public Batch(Map<String, NDArray> arrays) {
        this.arrays = new LinkedHashMap<>(arrays);
    }

    /** The names, see {@link Sample}. */
    public Set<String> names() {
        return arrays.keySet();
    }

    /** True if there is an array of that name. */
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /**
     * The array of a name.
     *
     * @throws ConfigException if there is none, naming those there are
     */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw ConfigException.of(
                    "the batch has no '" + name + "', only " + arrays.keySet() + ": does data.train.pipeline make it?");
        }
        return array;
    }

    /** Number of samples. */
    public int size() {
        return (int) arrays.values().iterator().next().getShape().get(0);
    }
}
