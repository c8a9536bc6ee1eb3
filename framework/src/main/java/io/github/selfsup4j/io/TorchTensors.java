package io.github.selfsup4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Makes tensors of the storages of a PyTorch archive, checking that a storage has every byte its tensors need. */
final class TorchTensors {
    private static final int MOST_DIMENSIONS = 64;
    private static final int TENSOR_COST = 384;

    private final Path file;
    private final ZipReader zip;
    private final String folder;
    private final MemoryBudget budget;
    private final Map<String, TorchStorage> storages = new HashMap<>();

    /**
     * @param folder the archive's top folder with its slash; storages are the entries {@code FOLDERdata/KEY}
     */
    TorchTensors(Path file, ZipReader zip, String folder, MemoryBudget budget) {
        this.file = file;
        this.zip = zip;
        this.folder = folder;
        this.budget = budget;
    }

    /** The storage of a key; its bytes are checked against their CRC the first time. */
    TorchStorage storage(String key, ElementType type, boolean isUntyped, long elements) {
        TorchStorage known = storages.get(key);
        if (known != null && known.type() == type && known.isUntyped() == isUntyped && known.elements() == elements) {
            return known;
        }
        ZipEntry entry = zip.entries().get(folder + "data/" + key);
        if (entry == null) {
            throw bad("no storage '" + key + "' though a tensor uses it", "an entry " + folder + "data/" + key);
        }
        if (entry.deflated()) {
            throw bad("storage '" + key + "' compressed", "it stored, as torch.save writes it");
        }
        if (elements < 0 || elements > Long.MAX_VALUE / 8 || elements * type.byteSize() != entry.size()) {
            throw bad("storage '" + key + "' of " + entry.size() + " bytes", elements + " elements of " + type);
        }
        try {
            if (known == null) {
                zip.verify(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TorchStorage storage = new TorchStorage(type, isUntyped, entry, elements);
        storages.put(key, storage);
        return storage;
    }

    /** A saved storage without a tensor around it: all its elements in one dimension. */
    HostTensor wholeStorage(TorchStorage storage) {
        return tensor(storage, new StridedView(storage.type(), 0, new long[] {storage.elements()}, new long[] {1}));
    }

    /**
     * A view of a storage. Contiguous ones cost no memory.
     *
     * @param view its type differs from the storage's only if that is untyped
     */
    HostTensor tensor(TorchStorage storage, StridedView view) {
        String name = view.type() + Arrays.toString(view.shape());
        if (view.shape().length > MOST_DIMENSIONS || view.shape().length != view.strides().length) {
            throw bad("a tensor of " + view.shape().length + " sizes and " + view.strides().length + " strides",
                    "as many of each, at most " + MOST_DIMENSIONS);
        }
        if (view.offset() < 0 || Arrays.stream(view.shape()).anyMatch(size -> size < 0)
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
        if (Math.addExact(start, span) > storage.record().size() && bytes > 0) {
            throw bad("a tensor " + name + " that needs " + (start + span) + " bytes of storage '" + storage.record().name() + "'",
                    "at most the " + storage.record().size() + " it has");
        }
        if (bytes == 0) {
            return HostTensor.wrap(view.type(), view.shape(), ByteBuffer.allocate(0));
        }
        if (view.isContiguous()) {
            return HostTensor.wrap(view.type(), view.shape(), zip.slice(storage.record(), start, span));
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw bad("a non-contiguous tensor of " + bytes + " bytes", "at most 2 GiB in one tensor");
        }
        budget.take(bytes, "non-contiguous tensors");
        return view.copy(zip.slice(storage.record(), start, span));
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file, found, expected);
    }
}
