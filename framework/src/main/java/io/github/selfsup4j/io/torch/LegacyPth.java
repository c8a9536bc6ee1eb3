package io.github.selfsup4j.io.torch;

import io.github.selfsup4j.io.disk.FileKind;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.pickle.PickleGlobals;
import io.github.selfsup4j.io.pickle.PickleTree;
import io.github.selfsup4j.io.pickle.PickleValue;
import io.github.selfsup4j.io.pickle.StorageBytes;
import io.github.selfsup4j.io.pickle.TensorMaker;
import io.github.selfsup4j.io.pickle.TorchStorage;
import io.github.selfsup4j.io.pickle.TorchTensors;
import io.github.selfsup4j.io.pickle.Unpickler;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.StridedView;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.tree.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PyTorch's format from before 1.6, in which OpenMMLab publishes checkpoints to this day: one pickle after another
 * (magic number, version, machine, checkpoint, keys of the storages), then for each key the number of elements and the
 * elements. The checkpoint is unpickled twice: first for the types of its storages, without which nothing tells where
 * they lie.
 */
public final class LegacyPth {
    private static final int MAGIC_NUMBER = 15;
    private static final int VERSION = 1001;
    private static final int LONGEST_PICKLE = 1 << 30;

    private final Path path;
    private final MappedFile file;
    private long at = MAGIC_NUMBER;

    private LegacyPth(MappedFile file) {
        this.path = file.path();
        this.file = file;
    }

    /** Reads a file whose kind is {@link FileKind#LEGACY_TORCH}. */
    public static Tree read(MappedFile file) throws IOException {
        return new LegacyPth(file).read();
    }

    private Tree read() throws IOException {
        requireKnown(plain(), plain());
        long checkpoint = at;
        Sizes sizes = new Sizes(new HashMap<>());
        unpickle(sizes, new MemoryBudget(path, file.size()));
        Map<String, StorageBytes> storages = locate(plain(), sizes);
        at = checkpoint;
        MemoryBudget budget = new MemoryBudget(path, file.size());
        TorchTensors tensors = new TorchTensors(path, storages::get, budget);
        return new PickleTree(path, budget, tensors).convert(unpickle(tensors, budget));
    }

    private void requireKnown(Tree version, Tree machine) {
        if (!version.equals(Tree.of(VERSION)) || !machine.find("little_endian").equals(Optional.of(Tree.of(true)))) {
            throw new FormatException(
                    path,
                    "a checkpoint in an old format of version " + TreePath.describe(version)
                            + ", or of another byte order",
                    "version " + VERSION + ", little-endian");
        }
    }

    /** The next pickle, which holds no tensors. */
    private Tree plain() throws IOException {
        MemoryBudget budget = new MemoryBudget(path, file.size());
        TorchTensors none = new TorchTensors(
                path,
                key -> {
                    throw new FormatException(path, "a tensor where none can be", "plain values");
                },
                budget);
        return new PickleTree(path, budget, none).convert(unpickle(none, budget));
    }

    private PickleValue unpickle(TensorMaker tensors, MemoryBudget budget) throws IOException {
        ByteBuffer rest = file.slice(at, Math.min(file.size() - at, LONGEST_PICKLE));
        Unpickler unpickler = new Unpickler(path, rest, new PickleGlobals(path, tensors, budget), budget);
        PickleValue value = unpickler.load();
        at += unpickler.length();
        return value;
    }

    /** Finds the storages, which start here in the order of their keys. */
    private Map<String, StorageBytes> locate(Tree keys, Sizes sizes) throws IOException {
        Map<String, StorageBytes> storages = new HashMap<>();
        for (String key : keys(keys)) {
            long expected = sizes.bytes(key, this);
            long start = at + Long.BYTES;
            if (expected > file.size() - start) {
                throw bad("storage '" + key + "' cut off", expected + " bytes");
            }
            long elements = file.slice(at, Long.BYTES).getLong();
            if (elements != sizes.seen().get(key).elements()) {
                throw bad(
                        "storage '" + key + "' of " + elements + " elements",
                        sizes.seen().get(key).elements() + " of them");
            }
            storages.put(key, new Region(file, start, expected));
            at = start + expected;
        }
        sizes.seen().keySet().stream()
                .filter(key -> !storages.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw bad(
                            "no storage '" + key + "' though a tensor uses it", "every storage at the end of the file");
                });
        return storages;
    }

    private List<String> keys(Tree tree) {
        if (!(tree instanceof Tree.Sequence sequence)
                || !sequence.items().stream().allMatch(Tree.Text.class::isInstance)) {
            throw bad(TreePath.describe(tree) + " after the checkpoint", "the keys of its storages");
        }
        return sequence.items().stream().map(key -> ((Tree.Text) key).value()).toList();
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(path, found, expected);
    }

    /** Makes no tensors, but notes what storages there are. */
    private record Sizes(Map<String, TorchStorage> seen) implements TensorMaker {
        private static final HostTensor NOTHING = HostTensor.of(new float[0], 0);

        @Override
        public TorchStorage storage(String key, ElementType type, boolean isUntyped, long elements) {
            TorchStorage storage = new TorchStorage(type, isUntyped, null, elements);
            seen.putIfAbsent(key, storage);
            return storage;
        }

        @Override
        public HostTensor tensor(TorchStorage storage, StridedView view) {
            return NOTHING;
        }

        long bytes(String key, LegacyPth where) {
            TorchStorage storage = seen.get(key);
            if (storage == null || storage.elements() < 0 || storage.elements() > Long.MAX_VALUE / 8) {
                throw where.bad(
                        "storage '" + key + "', of which "
                                + (storage == null ? "no tensor tells" : storage.elements() + " elements are told"),
                        "storages that tensors use");
            }
            return storage.elements() * storage.type().byteSize();
        }
    }

    private record Region(MappedFile file, long offset, long size) implements StorageBytes {
        @Override
        public ByteBuffer slice(long start, long length) throws IOException {
            return file.slice(offset + start, length);
        }
    }
}
