package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named results of a training forward, each a scalar. What is differentiated is the sum of those whose name contains
 * {@code loss}, as in the reference; the others are for the log.
 */
public final class Losses {
    private final Map<String, NDArray> values = new LinkedHashMap<>();

    /** Losses with a single entry {@code loss}. */
    public static Losses of(NDArray loss) {
        return new Losses().with("loss", loss);
    }

    /** Adds an entry. */
    public Losses with(String name, NDArray value) {
        values.put(name, value);
        return this;
    }

    /** The entries in order. */
    public Map<String, NDArray> values() {
        return values;
    }

    /**
     * What is differentiated.
     *
     * @throws IllegalStateException if no name contains {@code loss}
     */
    public NDArray total() {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().contains("loss"))
                .map(Map.Entry::getValue)
                .reduce(NDArray::add)
                .orElseThrow(() -> new IllegalStateException("no entry named '...loss...' among " + values.keySet()));
    }
}
