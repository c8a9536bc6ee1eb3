package io.github.selfsup4j.io;

/** Makes the tensors that a pickle describes. */
interface TensorMaker {
    /**
     * The storage of a key.
     *
     * @param type what its elements are; UINT8 for PyTorch's untyped ones
     * @param isUntyped whether the tensors say what the elements are
     */
    TorchStorage storage(String key, ElementType type, boolean isUntyped, long elements);

    /**
     * A view of a storage.
     *
     * @param view its type differs from the storage's only if that is untyped
     */
    HostTensor tensor(TorchStorage storage, StridedView view);
}
