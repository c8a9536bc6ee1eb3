package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.StridedView;

/** Makes the tensors that a pickle describes. */
public interface TensorMaker {
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
