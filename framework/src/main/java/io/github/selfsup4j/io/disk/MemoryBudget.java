package io.github.selfsup4j.io.disk;

import java.nio.file.Path;

/**
 * What reading one file may allocate: as much as the file is long, and 64 MiB. A hostile file that would grow beyond
 * that in memory is refused before it does.
 */
public final class MemoryBudget {
    private static final long HEADROOM = 64L << 20;

    private final Path file;
    private final long limit;
    private long left;

    public MemoryBudget(Path file, long fileSize) {
        this.file = file;
        this.limit = Math.addExact(fileSize, HEADROOM);
        this.left = limit;
    }

    /**
     * Books bytes about to be allocated.
     *
     * @param what they are for, for the message
     */
    public void take(long bytes, String what) {
        if (bytes > left) {
            throw new FormatException(
                    file,
                    what + " that would expand the file to more than " + limit + " bytes in memory",
                    "no more than the file's own size and 64 MiB; an honest file can be saved uncompressed, its tensors contiguous");
        }
        left -= bytes;
    }
}
