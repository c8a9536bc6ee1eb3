package io.github.selfsup4j.io.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void replacesAFile() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old and longer");

        AtomicFile.write(file, "new");

        assertEquals("new", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void keepsTheOldFileAndNothingElseWhenWritingFails() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old");

        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, channel -> {
                    channel.write(ByteBuffer.allocate(100));
                    throw new IOException("disk full");
                }));

        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void showsTheFileOnlyWhenItIsWhole() throws IOException {
        Path file = folder.resolve("a.txt");

        AtomicFile.write(file, channel -> {
            channel.write(ByteBuffer.allocate(100));
            assertEquals(false, Files.exists(file));
        });

        assertEquals(100, Files.size(file));
    }

    @Test
    void failsWhereThereIsNoFolder() {
        assertThrows(NoSuchFileException.class, () -> AtomicFile.write(folder.resolve("none/a.txt"), ""));
    }

    @Test
    void movesALinkFromOneFileToAnother() throws IOException {
        Path link = folder.resolve("latest.pth");
        AtomicFile.write(folder.resolve("epoch_1.pth"), "one");
        AtomicFile.write(folder.resolve("epoch_2.pth"), "two");

        AtomicFile.link(link, folder.resolve("epoch_1.pth"));
        assertEquals("one", Files.readString(link));
        AtomicFile.link(link, folder.resolve("epoch_2.pth"));

        assertEquals("two", Files.readString(link));
        assertEquals("one", Files.readString(folder.resolve("epoch_1.pth")));
        assertEquals(List.of("epoch_1.pth", "epoch_2.pth", "latest.pth"), names());
    }

    @Test
    void deletesWhatKilledProcessesLeft() throws IOException {
        Files.writeString(folder.resolve(".epoch_1.pth.1234.tmp"), "half");
        Files.writeString(folder.resolve("epoch_1.pth"), "whole");

        AtomicFile.deleteLeftovers(folder);

        assertEquals(List.of("epoch_1.pth"), names());
    }
}
