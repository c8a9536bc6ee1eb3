package io.github.selfsup4j.io.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A log: a file that grows by whole records. A disk that fails loses records, but never ends a run: it is told once,
 * and once more when records are written again.
 */
public final class AppendedFile {
    private final Path path;
    private final Consumer<String> warnings;
    private long lost;

    /**
     * A file, made with the first record if it is not there.
     *
     * @param warnings is told of a disk that fails
     */
    public AppendedFile(Path path, Consumer<String> warnings) {
        this.path = path;
        this.warnings = warnings;
    }

    /** Adds a record, whole or not at all. */
    public synchronized void append(byte[] record) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            append(channel, record);
        } catch (IOException e) {
            lost++;
            if (lost == 1) {
                warnings.accept("can't write to " + path + ": " + DiskProblem.reason(e)
                        + "; what belongs there is lost until it can be written again");
            }
            return;
        }
        if (lost > 0) {
            warnings.accept(path + " can be written again; what was lost: " + lost + " records");
            lost = 0;
        }
    }

    /** As {@link #append(byte[])}, for a line in UTF-8; its end is added. */
    public void append(String line) {
        append((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void append(FileChannel channel, byte[] record) throws IOException {
        long end = channel.size();
        try {
            AtomicFile.writeAll(channel.position(end), ByteBuffer.wrap(record));
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }
}
