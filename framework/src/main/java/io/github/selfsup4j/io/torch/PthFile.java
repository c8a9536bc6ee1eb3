package io.github.selfsup4j.io.torch;

import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.disk.FileKind;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.pickle.PickleGlobals;
import io.github.selfsup4j.io.pickle.PickleTree;
import io.github.selfsup4j.io.pickle.PickleValue;
import io.github.selfsup4j.io.pickle.TorchTensors;
import io.github.selfsup4j.io.pickle.Unpickler;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.zip.ZipEntry;
import io.github.selfsup4j.io.zip.ZipReader;
import io.github.selfsup4j.io.zip.ZipWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * PyTorch's checkpoint files: reads the zip format that {@code torch.save} writes since PyTorch 1.6, and the one from
 * before, in which many checkpoints are published; writes the former.
 *
 * <pre>{@code
 * Tree checkpoint = PthFile.read(Path.of("epoch_3.pth"));
 * Map<String, HostTensor> weights = checkpoint.asTensors("state_dict");
 * PthFile.write(Path.of("weights.pth"), Tree.stateDict(weights));
 * }</pre>
 */
public final class PthFile {
    private static final String PICKLE = "data.pkl";
    private static final String FOLDER = "archive/";

    private PthFile() {}

    /**
     * Reads a checkpoint: plain values, tensors, parameters (as tensors) and storages (as one-dimensional tensors).
     * Large files are mapped, not read. Of what Python knows more: attributes of dictionaries and tensors are dropped,
     * sets become lists, dtypes and devices texts.
     *
     * <p>Nothing in the file is run. Python objects beyond what {@code torch.load(..., weights_only=True)} allows are
     * refused by name; so are sparse, quantized and complex tensors.
     *
     * @throws FormatException if the file is no such checkpoint or is damaged
     * @throws IOException if it cannot be read
     */
    public static Tree read(Path path) throws IOException {
        try (MappedFile file = new MappedFile(path)) {
            FileKind kind = FileKind.of(file);
            if (kind == FileKind.LEGACY_TORCH) {
                return LegacyPth.read(file);
            }
            kind.require(FileKind.ZIP, path, "a .pth checkpoint of torch.save");
            MemoryBudget budget = new MemoryBudget(path, file.size());
            return read(path, new ZipReader(file, budget), budget);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    public static Tree read(Path path, ZipReader zip, MemoryBudget budget) throws IOException {
        ZipEntry pickle = pickle(path, zip);
        String folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
        requireLittleEndian(path, zip, zip.entries().get(folder + "byteorder"));
        TorchTensors tensors = new TorchTensors(path, new ZipStorages(path, zip, folder), budget);
        PickleGlobals globals = new PickleGlobals(path, tensors, budget);
        PickleValue value = new Unpickler(path, zip.content(pickle), globals, budget).load();
        return new PickleTree(path, budget, tensors).convert(value);
    }

    public static boolean isCheckpoint(ZipReader zip) {
        return zip.entries().keySet().stream().anyMatch(PthFile::isPickle);
    }

    /**
     * Writes a checkpoint that {@code torch.load(..., weights_only=True)} reads; the file appears whole or not at all.
     * A tensor object that occurs twice is written once.
     *
     * @throws IOException if the disk fails
     */
    public static void write(Path path, Tree tree) throws IOException {
        TorchPickler pickler = new TorchPickler();
        ByteBuffer pickle = pickler.pickle(tree);
        AtomicFile.write(path, channel -> {
            ZipWriter zip = new ZipWriter(channel);
            zip.add(FOLDER + PICKLE, pickle);
            zip.add(FOLDER + "byteorder", ascii("little"));
            List<HostTensor> storages = pickler.storages();
            for (int i = 0; i < storages.size(); i++) {
                zip.add(FOLDER + "data/" + i, storages.get(i).bytes());
            }
            zip.add(FOLDER + "version", ascii("3\n"));
            zip.finish();
        });
    }

    private static ZipEntry pickle(Path path, ZipReader zip) {
        List<ZipEntry> pickles = zip.entries().values().stream()
                .filter(entry -> isPickle(entry.name()))
                .toList();
        if (pickles.size() != 1) {
            throw new FormatException(
                    path,
                    "a zip archive with " + pickles.size() + " entries named */" + PICKLE,
                    "one, as torch.save writes it");
        }
        return pickles.get(0);
    }

    private static boolean isPickle(String name) {
        return name.endsWith("/" + PICKLE) && name.indexOf('/') == name.length() - PICKLE.length() - 1;
    }

    private static void requireLittleEndian(Path path, ZipReader zip, ZipEntry entry) throws IOException {
        if (entry != null && !zip.content(entry).equals(ascii("little"))) {
            throw new FormatException(
                    path, "a byte order other than little-endian", "a file saved on a little-endian machine");
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
