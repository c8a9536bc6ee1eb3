package io.github.selfsup4j.io.zip;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The entries of a zip archive as bytes; uncompressed ones without copying them. */
public final class ZipReader implements AutoCloseable {
    private static final long CRC_CHUNK = 64L << 20;

    private final MappedFile file;
    private final MemoryBudget budget;
    private final Map<String, ZipEntry> entries;

    public ZipReader(MappedFile file, MemoryBudget budget) throws IOException {
        this.file = file;
        this.budget = budget;
        this.entries = new ZipDirectory(file, budget).read();
    }

    /** By name, in the archive's order. */
    public Map<String, ZipEntry> entries() {
        return entries;
    }

    /** The whole content of an entry, checked against its CRC-32. */
    public ByteBuffer content(ZipEntry entry) throws IOException {
        if (entry.deflated()) {
            return inflate(entry);
        }
        verify(entry);
        return file.slice(entry.start(), entry.size());
    }

    /** Part of a stored entry, which {@link #verify} should have seen. */
    public ByteBuffer slice(ZipEntry entry, long offset, long length) throws IOException {
        return file.slice(entry.start() + offset, length);
    }

    /** Checks a stored entry against its CRC-32. */
    public void verify(ZipEntry entry) throws IOException {
        if (entry.crc() == 0) {
            return; // PyTorch writes 0 where it was told not to compute it
        }
        CRC32 crc = new CRC32();
        for (long done = 0; done < entry.size(); done += CRC_CHUNK) {
            crc.update(file.slice(entry.start() + done, Math.min(CRC_CHUNK, entry.size() - done)));
        }
        check(entry, crc);
    }

    private ByteBuffer inflate(ZipEntry entry) throws IOException {
        if (entry.size() > Integer.MAX_VALUE - 8) {
            throw bad(entry, "an array of " + entry.size() + " bytes", "at most 2 GiB in one array");
        }
        budget.take(entry.size(), "compressed data");
        ByteBuffer content = ByteBuffer.allocate((int) entry.size());
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(file.slice(entry.start(), entry.storedSize()));
            while (content.hasRemaining() && inflater.inflate(content) > 0) {
                // until the content is whole or the input ends
            }
            if (content.hasRemaining() || inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
                throw bad(entry, "compressed data that does not give " + entry.size() + " bytes", "exactly that many");
            }
        } catch (DataFormatException e) {
            throw bad(entry, "damaged compressed data (" + e.getMessage() + ")", "deflate");
        } finally {
            inflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(content.rewind());
        check(entry, crc);
        return content.rewind().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void check(ZipEntry entry, CRC32 crc) {
        if ((int) crc.getValue() != entry.crc()) {
            throw bad(entry, "content whose CRC-32 differs from the recorded one", "it unchanged; the file is damaged");
        }
    }

    private FormatException bad(ZipEntry entry, String found, String expected) {
        return new FormatException(file.path(), "in zip entry '" + entry.name() + "' " + found, expected);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
