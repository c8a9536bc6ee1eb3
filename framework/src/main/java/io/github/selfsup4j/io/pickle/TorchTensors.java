package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.StridedView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Makes tensors of the storages of a checkpoint, checking that a storage has every byte its tensors need. */
public final class TorchTensors implements TensorMaker {
    private static final int MOST_DIMENSIONS = 64;
    private static final int TENSOR_COST = 384;

    private final Path file;
    private final StorageBytes.Source source;
    private final MemoryBudget budget;
    private final Map<String, TorchStorage> storages = new HashMap<>();

    public TorchTensors(Path file, StorageBytes.Source source, MemoryBudget budget) {
        this.file = file;
        this.source = source;
        this.budget = budget;
    }

    @Override
    public TorchStorage storage(String key, ElementType type, boolean isUntyped, long elements) {
        TorchStorage known = storages.get(key);
        if (known != null && known.type() == type && known.isUntyped() == isUntyped && known.elements() == elements) {
            return known;
        }
        StorageBytes bytes = known != null ? known.bytes() : open(key);
        if (elements < 0 || elements > Long.MAX_VALUE / 8 || elements * type.byteSize() != bytes.size()) {
            throw bad("storage '" + key + "' of " + bytes.size() + " bytes", elements + " elements of " + type);
        }
        TorchStorage storage = new TorchStorage(type, isUntyped, bytes, elements);
        storages.put(key, storage);
        return storage;
    }

    private StorageBytes open(String key) {
        try {
            return source.open(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A saved storage without a tensor around it: all its elements in one dimension. */
    HostTensor wholeStorage(TorchStorage storage) {
        return tensor(storage, new StridedView(storage.type(), 0, new long[] {storage.elements()}, new long[] {1}));
    }

    /** Contiguous views cost no memory. */
    @Override
    public HostTensor tensor(TorchStorage storage, StridedView view) {
        String name = view.type() + Arrays.toString(view.shape());
        if (view.shape().length > MOST_DIMENSIONS || view.shape().length != view.strides().length) {
            throw bad(
                    "a tensor of " + view.shape().length + " sizes and " + view.strides().length + " strides",
                    "as many of each, at most " + MOST_DIMENSIONS);
        }
        if (view.offset() < 0
                || Arrays.stream(view.shape()).anyMatch(size -> size < 0)
                || Arrays.stream(view.strides()).anyMatch(stride -> stride < 0)) {
            throw bad("a tensor " + name + " with a negative offset, size or stride", "none negative");
        }
        budget.take(TENSOR_COST, "tensors");
        try {
            return read(storage, view, name);
        } catch (ArithmeticException e) {
            throw bad("a tensor " + name + " with strides " + Arrays.toString(view.strides()), "at most 2^63 bytes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HostTensor read(TorchStorage storage, StridedView view, String name) throws IOException {
        int elementSize = view.type().byteSize();
        long bytes = Math.multiplyExact(HostTensor.elementCount(view.shape()), elementSize);
        long span = Math.multiplyExact(view.span(), elementSize);
        long start = Math.multiplyExact(view.offset(), elementSize);
        if (Math.addExact(start, span) > storage.bytes().size() && bytes > 0) {
            throw bad(
                    "a tensor " + name + " that needs " + (start + span) + " bytes of its storage",
                    "at most the " + storage.bytes().size() + " it has");
        }
        if (bytes == 0) {
            return HostTensor.wrap(view.type(), view.shape(), ByteBuffer.allocate(0));
        }
        if (view.isContiguous()) {
            return HostTensor.wrap(view.type(), view.shape(), storage.bytes().slice(start, span));
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw bad("a non-contiguous tensor of " + bytes + " bytes", "at most 2 GiB in one tensor");
        }
        budget.take(bytes, "non-contiguous tensors");
        return view.copy(storage.bytes().slice(start, span));
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file, found, expected);
    }
}
