package io.github.selfsup4j.io.numpy;

import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.disk.FileKind;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.zip.ZipEntry;
import io.github.selfsup4j.io.zip.ZipReader;
import io.github.selfsup4j.io.zip.ZipWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NumPy's .npz archives of named arrays.
 *
 * <pre>{@code
 * Map<String, HostTensor> inputs = Npz.read(Path.of("inputs.npz"));
 * Npz.write(Path.of("outputs.npz"), Map.of("latent", latent));
 * }</pre>
 */
public final class Npz {
    private static final String EXTENSION = ".npy";

    private Npz() {}

    /**
     * Reads every array, in the archive's order. Arrays of {@code numpy.savez} are mapped, those of
     * {@code numpy.savez_compressed} inflated; big-endian, text, structured and pickled arrays are refused.
     *
     * @throws FormatException if the file is not such an archive, is damaged, or expands to more than its own size and
     *     64 MiB
     * @throws IOException if it cannot be read
     */
    public static Map<String, HostTensor> read(Path path) throws IOException {
        try (MappedFile file = new MappedFile(path)) {
            FileKind.of(file).require(FileKind.ZIP, path, "an .npz archive of numpy.savez");
            MemoryBudget budget = new MemoryBudget(path, file.size());
            return read(path, new ZipReader(file, budget), budget);
        }
    }

    public static Map<String, HostTensor> read(Path path, ZipReader zip, MemoryBudget budget) throws IOException {
        Map<String, HostTensor> arrays = new LinkedHashMap<>();
        for (ZipEntry entry : zip.entries().values()) {
            arrays.put(name(path, entry), new Npy(path, entry.name(), budget).read(zip.content(entry)));
        }
        return arrays;
    }

    /** As {@link #read(Path)}, with one-dimensional arrays of texts as well. */
    public static NpzFile readWithTexts(Path path) throws IOException {
        Map<String, HostTensor> arrays = new LinkedHashMap<>();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        try (MappedFile file = new MappedFile(path)) {
            FileKind.of(file).require(FileKind.ZIP, path, "an .npz archive of numpy.savez");
            MemoryBudget budget = new MemoryBudget(path, file.size());
            ZipReader zip = new ZipReader(file, budget);
            for (ZipEntry entry : zip.entries().values()) {
                ByteBuffer content = zip.content(entry);
                Optional<List<String>> text = NpyText.read(path, entry.name(), content);
                if (text.isPresent()) {
                    texts.put(name(path, entry), text.get());
                } else {
                    arrays.put(name(path, entry), new Npy(path, entry.name(), budget).read(content));
                }
            }
        }
        return new NpzFile(arrays, texts);
    }

    /** Reads a single array, as {@code numpy.save} writes it. */
    public static HostTensor readArray(Path path) throws IOException {
        try (MappedFile file = new MappedFile(path)) {
            FileKind.of(file).require(FileKind.NPY, path, "a .npy array of numpy.save");
            return new Npy(path, path.getFileName().toString(), new MemoryBudget(path, file.size()))
                    .read(file.slice(0, file.size()));
        }
    }

    private static String name(Path path, ZipEntry entry) {
        if (!entry.name().endsWith(EXTENSION)) {
            throw new FormatException(path, "an entry '" + entry.name() + "'", "only .npy arrays");
        }
        return entry.name().substring(0, entry.name().length() - EXTENSION.length());
    }

    /**
     * Writes arrays, uncompressed, as {@code numpy.load} reads them; the file appears whole or not at all. BFLOAT16,
     * which NumPy does not know, becomes FLOAT32.
     *
     * @throws IOException if the disk fails
     */
    public static void write(Path path, Map<String, HostTensor> arrays) throws IOException {
        write(path, new NpzFile(arrays, Map.of()));
    }

    /** As {@link #write(Path, Map)}, with texts. */
    public static void write(Path path, NpzFile content) throws IOException {
        AtomicFile.write(path, channel -> {
            ZipWriter zip = new ZipWriter(channel);
            for (Map.Entry<String, HostTensor> array : content.arrays().entrySet()) {
                HostTensor tensor = array.getValue().type() == ElementType.BFLOAT16
                        ? array.getValue().asFloat32()
                        : array.getValue();
                zip.add(array.getKey() + EXTENSION, Npy.header(tensor), tensor.bytes());
            }
            for (Map.Entry<String, List<String>> texts : content.texts().entrySet()) {
                zip.add(texts.getKey() + EXTENSION, NpyText.write(texts.getValue()));
            }
            zip.finish();
        });
    }
}
