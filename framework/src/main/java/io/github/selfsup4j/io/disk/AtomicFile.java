package io.github.selfsup4j.io.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are there whole or not at all, whatever moment the process or the machine stops: written beside their
 * place under a name {@code .NAME.RANDOM.tmp}, synced, then renamed.
 */
public final class AtomicFile {
    /** Bytes moved between heap and disk at a time. */
    static final int PIECE = 1 << 20;

    private static final String SUFFIX = ".tmp";

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything; the channel is at the start of an empty file and is closed by the caller.
         *
         * @throws IOException if the disk fails
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    @FunctionalInterface
    private interface Creation {
        void create(Path temporary) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a file, replacing what was there. If the writing fails, the old file stays and nothing is left over.
     *
     * @throws IOException if the folder is missing or the disk fails
     */
    public static void write(Path file, Content content) throws IOException {
        replace(file, temporary -> {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
        });
    }

    /** As {@link #write(Path, Content)}, for a text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, channel -> writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Makes {@code link} a symbolic link to a file of the same folder, replacing the link or file that was there in one
     * step; where the file system has no links, a copy.
     */
    public static void link(Path link, Path target) throws IOException {
        Path name = target.getFileName();
        try {
            replace(link, temporary -> Files.createSymbolicLink(temporary, name));
        } catch (UnsupportedOperationException | FileSystemException e) {
            copy(target, link);
        }
    }

    /** Deletes what killed processes left half-written in a folder. Not while another process writes there. */
    public static void deleteLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /**
     * Writes a buffer from its position to its limit, in pieces: the JDK copies what lies on the heap to native memory,
     * and keeps a buffer as large as the largest piece for ever.
     */
    public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            channel.write(bytes.limit(bytes.position() + Math.min(PIECE, end - bytes.position())));
        }
    }

    private static void copy(Path source, Path file) throws IOException {
        write(file, channel -> {
            try (FileChannel input = FileChannel.open(source, StandardOpenOption.READ)) {
                long size = input.size();
                for (long done = 0; done < size; ) {
                    done += input.transferTo(done, size - done, channel);
                }
            }
        });
    }

    private static void replace(Path file, Creation creation) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + SUFFIX);
        try {
            creation.create(temporary);
            rename(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folder);
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Without this a crash of the machine could undo the rename. Windows cannot open folders and needs no sync. */
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
