package io.github.selfsup4j.io.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors and texts about them: the content of a safetensors file.
 *
 * @param tensors by name, in the file's order
 * @param metadata what else the file says about itself, such as {@code format} = {@code pt}
 */
public record TensorFile(Map<String, HostTensor> tensors, Map<String, String> metadata) {
    public TensorFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
