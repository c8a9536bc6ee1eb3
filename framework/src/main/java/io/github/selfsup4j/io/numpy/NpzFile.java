package io.github.selfsup4j.io.numpy;

import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of an .npz archive that may hold texts beside numbers.
 *
 * @param arrays by name, in the file's order
 * @param texts one-dimensional arrays of texts by name
 */
public record NpzFile(Map<String, HostTensor> arrays, Map<String, List<String>> texts) {
    public NpzFile {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }
}
