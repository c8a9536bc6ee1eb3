package io.github.selfsup4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PthFileTest {
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

    @Test
    void storesATensorObjectThatOccursTwiceOnce() throws IOException {
        HostTensor shared = HostTensor.wrap(ElementType.UINT8, new long[] {100_000}, ByteBuffer.allocate(100_000));
        Path file = folder.resolve("shared.pth");

        PthFile.write(file, Tree.list(Tree.of(shared), Tree.of(shared)));

        assertEquals(1, Files.size(file) / 100_000);
        assertEquals(Tree.list(Tree.of(shared), Tree.of(shared)), PthFile.read(file));
    }

    @Test
    void startsEveryStorageAtAMultipleOf64() throws IOException {
        Path file = folder.resolve("aligned.pth");
        PthFile.write(file, Trees.everyKind());

        try (MappedFile mapped = new MappedFile(file);
                ZipReader zip = new ZipReader(mapped, new MemoryBudget(file, mapped.size()))) {
            zip.entries().values().forEach(entry -> assertEquals(0, entry.start() % 64, entry.name()));
            assertSame(true, zip.entries().containsKey("archive/data/0"));
        }
    }
}
