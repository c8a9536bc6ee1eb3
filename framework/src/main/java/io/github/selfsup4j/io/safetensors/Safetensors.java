package io.github.selfsup4j.io.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.disk.FileKind;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's safetensors format: the length of a JSON header, the header, the tensors' bytes.
 *
 * <pre>{@code
 * Map<String, HostTensor> weights = Safetensors.read(Path.of("model.safetensors")).tensors();
 * Safetensors.write(Path.of("copy.safetensors"), weights, Map.of("format", "pt"));
 * }</pre>
 */
public final class Safetensors {
    private static final long LONGEST_HEADER = 100_000_000;

    private Safetensors() {}

    /**
     * Reads a file, mapping the tensors. As the format demands, the tensors fill the data without gap or overlap.
     *
     * @throws FormatException if the file is not as the format says, or holds types of elements that
     *     {@link ElementType} lacks
     * @throws IOException if it cannot be read
     */
    public static TensorFile read(Path path) throws IOException {
        try (MappedFile file = new MappedFile(path)) {
            FileKind.of(file).require(FileKind.SAFETENSORS, path, "a safetensors file");
            return read(file);
        }
    }

    public static TensorFile read(MappedFile file) throws IOException {
        MemoryBudget budget = new MemoryBudget(file.path(), file.size());
        long dataStart = dataStart(file);
        ByteBuffer json = file.slice(Long.BYTES, dataStart - Long.BYTES);
        SafetensorsHeader header = SafetensorsHeader.parse(file.path(), json, budget);
        requireNoGaps(file, header, file.size() - dataStart);
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, SafetensorsHeader.Entry> tensor :
                header.tensors().entrySet()) {
            SafetensorsHeader.Entry entry = tensor.getValue();
            ByteBuffer bytes = file.slice(dataStart + entry.begin(), entry.end() - entry.begin());
            tensors.put(tensor.getKey(), HostTensor.wrap(entry.type(), entry.shape(), bytes));
        }
        return new TensorFile(tensors, header.metadata());
    }

    /**
     * Writes a file; it appears whole or not at all. The header keeps the map's order, the data has the widest elements
     * first so that all are aligned.
     *
     * @param metadata texts about the file; {@code format} = {@code pt} is what PyTorch's loaders look for
     * @throws IOException if the disk fails
     */
    public static void write(Path path, Map<String, HostTensor> tensors, Map<String, String> metadata)
            throws IOException {
        List<Map.Entry<String, HostTensor>> inDataOrder = tensors.entrySet().stream()
                .sorted(Comparator.comparing(tensor -> -tensor.getValue().type().byteSize()))
                .toList();
        byte[] json = header(tensors, inDataOrder, metadata).toJson();
        int blanks = -json.length & 7;
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + json.length + blanks)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length + blanks)
                .put(json)
                .put(" ".repeat(blanks).getBytes(UTF_8))
                .rewind();
        AtomicFile.write(path, channel -> {
            AtomicFile.writeAll(channel, start);
            for (Map.Entry<String, HostTensor> tensor : inDataOrder) {
                AtomicFile.writeAll(channel, tensor.getValue().bytes());
            }
        });
    }

    private static SafetensorsHeader header(
            Map<String, HostTensor> tensors,
            List<Map.Entry<String, HostTensor>> inDataOrder,
            Map<String, String> metadata) {
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        tensors.keySet().forEach(name -> entries.put(name, null));
        long begin = 0;
        for (Map.Entry<String, HostTensor> tensor : inDataOrder) {
            HostTensor value = tensor.getValue();
            long end = begin + value.bytes().remaining();
            entries.put(tensor.getKey(), new SafetensorsHeader.Entry(value.type(), value.shape(), begin, end));
            begin = end;
        }
        return new SafetensorsHeader(entries, metadata);
    }

    private static long dataStart(MappedFile file) throws IOException {
        long length = file.slice(0, Long.BYTES).getLong();
        if (length < 0 || length > LONGEST_HEADER || length > file.size() - Long.BYTES) {
            throw new FormatException(
                    file.path(),
                    "a safetensors header of " + Long.toUnsignedString(length) + " bytes",
                    "at most " + LONGEST_HEADER + ", inside the file's " + file.size());
        }
        return Long.BYTES + length;
    }

    private static void requireNoGaps(MappedFile file, SafetensorsHeader header, long dataSize) {
        List<SafetensorsHeader.Entry> inDataOrder = header.tensors().values().stream()
                .sorted(Comparator.comparingLong(SafetensorsHeader.Entry::begin)
                        .thenComparingLong(SafetensorsHeader.Entry::end))
                .toList();
        long end = 0;
        for (SafetensorsHeader.Entry entry : inDataOrder) {
            if (entry.begin() != end) {
                throw new FormatException(
                        file.path(),
                        "a tensor that starts at byte " + entry.begin() + " of the data",
                        "byte " + end + ": tensors follow each other without gap or overlap");
            }
            end = entry.end();
        }
        if (end != dataSize) {
            throw new FormatException(file.path(), dataSize + " bytes of data", end + ", the sum of its tensors");
        }
    }
}
