package io.github.selfsup4j.io.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.io.Refusal;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Zip archives whose table of contents is wrong, large or wide. */
class ZipReaderTest {
    private static final int CRC = 16;
    private static final int STORED_SIZE = 20;
    private static final int SIZE = 24;
    private static final int NAME_SIZE = 28;
    private static final int HEADER_OFFSET = 42;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("archive.zip");
    }

    private static Object readAll(Path path) throws IOException {
        try (MappedFile mapped = new MappedFile(path)) {
            ZipReader zip = new ZipReader(mapped, new MemoryBudget(path, mapped.size()));
            for (ZipEntry entry : zip.entries().values()) {
                zip.content(entry);
            }
            return zip.entries();
        }
    }

    /** An archive of two entries "a" and "b" of 100 bytes each, changed at the start of its table and at its end. */
    private void write(Consumer<ByteBuffer> change) throws IOException {
        AtomicFile.write(file, channel -> {
            ZipWriter zip = new ZipWriter(channel);
            zip.add("a", filled(1));
            zip.add("b", filled(2));
            zip.finish();
        });
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(bytes);
        Files.write(file, bytes.array());
    }

    private static ByteBuffer filled(int value) {
        byte[] bytes = new byte[100];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private static int table(ByteBuffer bytes) {
        return bytes.getInt(end(bytes) + 16);
    }

    private static int end(ByteBuffer bytes) {
        return bytes.capacity() - ZipFormat.END_SIZE;
    }

    private void assertRefusesChanged(Consumer<ByteBuffer> change, String words) throws IOException {
        write(change);
        Refusal.assertRefuses(ZipReaderTest::readAll, file, words);
    }

    @Test
    void refusesEntriesThatShareBytes() throws IOException {
        assertRefusesChanged(bytes -> bytes.putInt(table(bytes) + 47 + HEADER_OFFSET, 0), "overlap");
    }

    @Test
    void refusesTwoEntriesOfOneName() throws IOException {
        assertRefusesChanged(bytes -> bytes.put(table(bytes) + 47 + 46, (byte) 'a'), "two zip entries named 'a'");
    }

    @Test
    void refusesContentThatDoesNotMatchItsChecksum() throws IOException {
        assertRefusesChanged(bytes -> bytes.putInt(table(bytes) + CRC, 12345), "CRC-32");
    }

    @Test
    void refusesEntriesOutsideTheFile() throws IOException {
        assertRefusesChanged(bytes -> bytes.putInt(table(bytes) + HEADER_OFFSET, 0x7fffffff), "at byte 2147483647");
        assertRefusesChanged(bytes -> bytes.putInt(table(bytes) + HEADER_OFFSET, 3), "no zip entry at byte 3");
        assertRefusesChanged(
                bytes -> bytes.putInt(table(bytes) + STORED_SIZE, 5000).putInt(table(bytes) + SIZE, 5000),
                "5000 bytes");
    }

    @Test
    void refusesSizesThatContradictEachOther() throws IOException {
        assertRefusesChanged(bytes -> bytes.putInt(table(bytes) + SIZE, 101), "101 bytes stored in 100");
        assertRefusesChanged(bytes -> bytes.putInt(table(bytes) + SIZE, -1), "ZIP64");
        assertRefusesChanged(bytes -> bytes.putShort(table(bytes) + NAME_SIZE, (short) -1), "damaged zip table");
    }

    @Test
    void refusesEncryptedAndForeignCompression() throws IOException {
        assertRefusesChanged(bytes -> bytes.putShort(table(bytes) + 8, (short) 1), "encrypted");
        assertRefusesChanged(bytes -> bytes.putShort(table(bytes) + 10, (short) 12), "method 12");
    }

    @Test
    void refusesATableThatLiesAboutItself() throws IOException {
        assertRefusesChanged(bytes -> bytes.putShort(end(bytes) + 10, (short) 3), "3 entries");
        assertRefusesChanged(bytes -> bytes.putShort(end(bytes) + 10, (short) 1), "after the last entry");
        assertRefusesChanged(bytes -> bytes.putInt(end(bytes) + 16, -5), "inside the file");
        assertRefusesChanged(bytes -> bytes.putInt(end(bytes) + 12, -5), "inside the file");
        assertRefusesChanged(bytes -> bytes.putInt(end(bytes), 0), "cut off");
    }

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "the file is mostly a hole, which only some file systems leave out")
    void findsEntriesBeyond4GiB() throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            ZipWriter zip = new ZipWriter(channel);
            zip.add("near", filled(1));
            channel.position(5L << 30);
            zip.add("far", filled(2));
            zip.finish();
        }

        try (MappedFile mapped = new MappedFile(file);
                ZipReader zip = new ZipReader(mapped, new MemoryBudget(file, mapped.size()))) {
            assertEquals(filled(1), zip.content(zip.entries().get("near")));
            assertEquals(filled(2), zip.content(zip.entries().get("far")));
        }
        try (ZipFile jdk = new ZipFile(file.toFile())) {
            assertArrayEquals(
                    filled(2).array(), jdk.getInputStream(jdk.getEntry("far")).readAllBytes());
        }
    }

    @Test
    void holdsMoreThan65535Entries() throws IOException {
        AtomicFile.write(file, channel -> {
            ZipWriter zip = new ZipWriter(channel);
            for (int i = 0; i < 70_000; i++) {
                zip.add(Integer.toString(i), ByteBuffer.allocate(0));
            }
            zip.finish();
        });

        assertEquals(70_000, ((Map<?, ?>) readAll(file)).size());
        try (ZipFile jdk = new ZipFile(file.toFile())) {
            assertEquals(70_000, jdk.size());
        }
    }
}
