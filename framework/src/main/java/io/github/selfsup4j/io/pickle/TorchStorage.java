package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.tensor.ElementType;

/**
 * The storage of one or more tensors.
 *
 * @param type what its elements are; UINT8 for PyTorch's untyped ones
 * @param isUntyped whether the tensors say what the elements are
 * @param bytes where they are; of the right length
 * @param elements how many it has
 */
public record TorchStorage(ElementType type, boolean isUntyped, StorageBytes bytes, long elements) {}
