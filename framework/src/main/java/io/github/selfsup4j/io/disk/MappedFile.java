package io.github.selfsup4j.io.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a file of any length, read-only and little-endian. Small files are read, larger ones mapped: then a
 * tensor costs no memory until it is used.
 */
public final class MappedFile implements AutoCloseable {
    private static final long LARGEST_SLICE = Integer.MAX_VALUE;
    private static final long READ_UP_TO = 16L << 20;
    /** Windows start this far apart and are twice as long: a slice up to this length lies in one of them. */
    private static final long WINDOW_STEP = 1L << 30;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final Map<Long, ByteBuffer> windows = new HashMap<>();

    /**
     * Opens a file. Slices stay valid after {@link #close}.
     *
     * @throws IOException if there is no such file or it cannot be read
     */
    public MappedFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file, "a folder or device", "a file");
        }
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    public Path path() {
        return file;
    }

    public long size() {
        return size;
    }

    /** Bytes {@code offset} to {@code offset + length}, which the caller has checked to lie inside the file. */
    public ByteBuffer slice(long offset, long length) throws IOException {
        if (length > LARGEST_SLICE) {
            throw new FormatException(file, "an array of " + length + " bytes", "at most 2 GiB in one array");
        }
        if (length > WINDOW_STEP && size > LARGEST_SLICE) {
            return channel.map(MapMode.READ_ONLY, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        long start = size > LARGEST_SLICE ? offset / WINDOW_STEP * WINDOW_STEP : 0;
        ByteBuffer window = windows.get(start);
        if (window == null) {
            window = window(start, Math.min(LARGEST_SLICE, size - start));
            windows.put(start, window);
        }
        return window.slice((int) (offset - start), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer window(long start, long length) throws IOException {
        if (size > READ_UP_TO) {
            return channel.map(MapMode.READ_ONLY, start, length);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        int read = 0;
        while (bytes.position() < length && read >= 0) {
            bytes.limit((int) Math.min(length, bytes.position() + AtomicFile.PIECE));
            read = channel.read(bytes, start + bytes.position());
        }
        return bytes.clear().asReadOnlyBuffer();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
