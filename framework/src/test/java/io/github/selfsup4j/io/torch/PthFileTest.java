package io.github.selfsup4j.io.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.Trees;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.pickle.PickleOp;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.zip.ZipReader;
import io.github.selfsup4j.io.zip.ZipWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PthFileTest {
    private static final Set<String> WEIGHTS_ONLY_NAMES =
            Set.of("collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "_codecs.encode");
    /** With the bytes that follow each. */
    private static final Map<Integer, Integer> WEIGHTS_ONLY_OPCODES = Map.ofEntries(
            Map.entry(0x80, 1),
            Map.entry((int) '.', 0),
            Map.entry((int) '(', 0),
            Map.entry((int) 't', 0),
            Map.entry((int) ')', 0),
            Map.entry(0x86, 0),
            Map.entry((int) 'R', 0),
            Map.entry((int) 'Q', 0),
            Map.entry((int) '}', 0),
            Map.entry((int) 'u', 0),
            Map.entry((int) ']', 0),
            Map.entry((int) 'e', 0),
            Map.entry((int) 'N', 0),
            Map.entry(0x88, 0),
            Map.entry(0x89, 0),
            Map.entry((int) 'K', 1),
            Map.entry((int) 'J', 4),
            Map.entry(0x8a, -1),
            Map.entry((int) 'G', 8),
            Map.entry((int) 'X', -1),
            Map.entry((int) 'q', 1),
            Map.entry((int) 'h', 1));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = folder.resolve("all.pth");
        Tree tree = Trees.everyKind();

        PthFile.write(file, tree);

        assertEquals(tree, PthFile.read(file));
    }

    @Test
    void writesEqualTreesAsEqualBytes() throws IOException {
        PthFile.write(folder.resolve("a.pth"), Trees.everyKind());
        PthFile.write(folder.resolve("b.pth"), Trees.everyKind());

        assertEquals(-1, Files.mismatch(folder.resolve("a.pth"), folder.resolve("b.pth")));
    }

    /** The rules are those of {@code torch/_weights_only_unpickler.py} in PyTorch 2.0 and later. */
    @Test
    void writesNothingThatWeightsOnlyRefuses() {
        ByteBuffer pickle = new TorchPickler().pickle(Trees.everyKind()).order(ByteOrder.LITTLE_ENDIAN);
        while (pickle.hasRemaining()) {
            int opcode = Byte.toUnsignedInt(pickle.get());
            if (opcode == PickleOp.GLOBAL) {
                String name = line(pickle) + "." + line(pickle);
                assertTrue(WEIGHTS_ONLY_NAMES.contains(name) || name.matches("torch\\.(\\w+)Storage"), name);
                continue;
            }
            assertTrue(WEIGHTS_ONLY_OPCODES.containsKey(opcode), () -> Integer.toHexString(opcode));
            int operand = WEIGHTS_ONLY_OPCODES.get(opcode);
            int length = opcode == PickleOp.BINUNICODE
                    ? 4 + pickle.getInt(pickle.position())
                    : opcode == PickleOp.LONG1 ? 1 + pickle.get(pickle.position()) : operand;
            pickle.position(pickle.position() + length);
        }
    }

    private static String line(ByteBuffer pickle) {
        StringBuilder line = new StringBuilder();
        for (char next = (char) pickle.get(); next != '\n'; next = (char) pickle.get()) {
            line.append(next);
        }
        return line.toString();
    }

    @Test
    void storesATensorObjectThatOccursTwiceOnce() throws IOException {
        HostTensor shared = HostTensor.wrap(ElementType.UINT8, new long[] {100_000}, ByteBuffer.allocate(100_000));
        Path file = folder.resolve("shared.pth");

        PthFile.write(file, Tree.list(Tree.of(shared), Tree.of(shared)));

        assertEquals(1, Files.size(file) / 100_000);
        assertEquals(Tree.list(Tree.of(shared), Tree.of(shared)), PthFile.read(file));
    }

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "the file is mostly a hole, which only some file systems leave out")
    void mapsTensorsBeyond2GiB() throws IOException {
        Path file = folder.resolve("far.pth");
        Tree tree = Tree.list(
                Tree.of(HostTensor.of(new float[] {1, 2}, 2)), Tree.of(HostTensor.of(new float[] {3, 4, 5}, 3)));
        TorchPickler pickler = new TorchPickler();
        ByteBuffer pickle = pickler.pickle(tree);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            ZipWriter zip = new ZipWriter(channel);
            zip.add("archive/data.pkl", pickle);
            for (int i = 0; i < pickler.storages().size(); i++) {
                channel.position(i * (3L << 30) + (1 << 20));
                zip.add("archive/data/" + i, pickler.storages().get(i).bytes());
            }
            zip.finish();
        }

        assertEquals(tree, PthFile.read(file));
    }

    @Test
    void startsEveryStorageAtAMultipleOf64() throws IOException {
        Path file = folder.resolve("aligned.pth");
        PthFile.write(file, Trees.everyKind());

        try (MappedFile mapped = new MappedFile(file);
                ZipReader zip = new ZipReader(mapped, new MemoryBudget(file, mapped.size()))) {
            zip.entries().values().forEach(entry -> assertEquals(0, entry.start() % 64, entry.name()));
            assertTrue(zip.entries().containsKey("archive/data/0"));
        }
    }
}
