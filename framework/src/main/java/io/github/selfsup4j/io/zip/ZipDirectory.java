package io.github.selfsup4j.io.zip;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the table of contents at the end of a zip archive, ZIP64 included. The JDK's reader does not tell where an
 * entry lies in the file, which mapping a tensor needs.
 */
final class ZipDirectory {
    private final MappedFile file;
    private final MemoryBudget budget;

    ZipDirectory(MappedFile file, MemoryBudget budget) {
        this.file = file;
        this.budget = budget;
    }

    /** Where the table lies, and how many entries it says it has. */
    private record Position(long start, long size, long count) {}

    /** The entries by name, in the table's order. */
    Map<String, ZipEntry> read() throws IOException {
        Position position = locate();
        ZipTable table = new ZipTable(file, file.slice(position.start(), position.size()), position.start(), budget);
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        for (long i = 0; i < position.count(); i++) {
            ZipEntry entry = table.next();
            if (entries.put(entry.name(), entry) != null) {
                throw bad("two zip entries named '" + entry.name() + "'", "each name once");
            }
        }
        table.requireEnd();
        refuseOverlaps(entries);
        return Collections.unmodifiableMap(entries);
    }

    private Position locate() throws IOException {
        int tailSize = (int) Math.min(file.size(), ZipFormat.END_SIZE + ZipFormat.LONGEST_COMMENT);
        long tailStart = file.size() - tailSize;
        ByteBuffer tail = file.slice(tailStart, tailSize);
        for (int at = tailSize - ZipFormat.END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == ZipFormat.END
                    && at + ZipFormat.END_SIZE + Short.toUnsignedInt(tail.getShort(at + 20)) == tailSize) {
                return position(tail, at, tailStart + at);
            }
        }
        throw bad("no table of contents at the end", "a whole zip archive; this file may be cut off");
    }

    private Position position(ByteBuffer tail, int at, long endStart) throws IOException {
        long locatorStart = endStart - ZipFormat.END64_LOCATOR_SIZE;
        if (locatorStart >= 0) {
            ByteBuffer locator = file.slice(locatorStart, ZipFormat.END64_LOCATOR_SIZE);
            if (locator.getInt(0) == ZipFormat.END64_LOCATOR) {
                return position64(locator.getLong(8), locatorStart);
            }
        }
        long count = Short.toUnsignedLong(tail.getShort(at + 10));
        long size = Integer.toUnsignedLong(tail.getInt(at + 12));
        long start = Integer.toUnsignedLong(tail.getInt(at + 16));
        return checked(new Position(start, size, count), endStart);
    }

    private Position position64(long start, long limit) throws IOException {
        if (start < 0 || start > limit - ZipFormat.END64_SIZE) {
            throw bad("a ZIP64 end record said to be at byte " + start, "it before byte " + limit);
        }
        ByteBuffer end = file.slice(start, ZipFormat.END64_SIZE);
        if (end.getInt(0) != ZipFormat.END64) {
            throw bad("no ZIP64 end record at byte " + start, "one there");
        }
        return checked(new Position(end.getLong(48), end.getLong(40), end.getLong(32)), start);
    }

    private Position checked(Position position, long limit) {
        boolean inside = position.start() >= 0
                && position.size() >= 0
                && position.size() <= limit
                && position.start() <= limit - position.size();
        if (!inside || position.count() < 0 || position.count() > position.size() / ZipFormat.CENTRAL_HEADER_SIZE) {
            throw bad(
                    "a zip table of " + position.count() + " entries in " + position.size() + " bytes at byte "
                            + position.start(),
                    "it inside the file's " + file.size() + " bytes");
        }
        return position;
    }

    /** Entries that share bytes are how small archives expand without end. */
    private void refuseOverlaps(Map<String, ZipEntry> entries) {
        List<ZipEntry> inFileOrder = entries.values().stream()
                .sorted(Comparator.comparingLong(ZipEntry::header))
                .toList();
        long end = 0;
        for (ZipEntry entry : inFileOrder) {
            if (entry.header() < end) {
                throw bad("zip entries that overlap at byte " + entry.header(), "each byte to belong to one entry");
            }
            end = entry.start() + entry.storedSize();
        }
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file.path(), found, expected);
    }
}
