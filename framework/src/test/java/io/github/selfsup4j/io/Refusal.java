package io.github.selfsup4j.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.selfsup4j.io.disk.FormatException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a reader refuses a bad file. */
public final class Refusal {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** A reader holds at most 64 MiB beyond the file's size; what it allocates includes garbage. */
    private static final long ALLOWANCE = 4 * (64L << 20);

    /** A method such as {@code PthFile::read}. */
    @FunctionalInterface
    public interface Reader {
        Object read(Path file) throws IOException;
    }

    private Refusal() {}

    /** Bytes this thread has allocated since it began. */
    static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Asserts one clear message with the file's name and some words, and no more memory than allowed. */
    public static void assertRefuses(Reader reader, Path file, String... words) throws IOException {
        long before = allocated();
        FormatException refusal = assertThrows(FormatException.class, () -> reader.read(file));
        long allocated = allocated() - before;
        assertTrue(allocated < 2 * Files.size(file) + ALLOWANCE, () -> "allocated " + allocated + " bytes");
        assertTrue(refusal.getMessage().startsWith(file + ": found "), refusal::getMessage);
        for (String word : words) {
            assertTrue(refusal.getMessage().contains(word), refusal::getMessage);
        }
    }
}
