package io.github.selfsup4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the table of contents at the end of a zip archive, ZIP64 included (PKWARE's APPNOTE 6.3, sections 4.3
 * and 4.5.3). The JDK's reader does not tell where an entry lies in the file, which mapping a tensor needs.
 */
final class ZipDirectory {
    static final int LOCAL_HEADER = 0x04034b50;
    static final int CENTRAL_HEADER = 0x02014b50;
    static final int END = 0x06054b50;
    static final int END64 = 0x06064b50;
    static final int END64_LOCATOR = 0x07064b50;
    static final int LOCAL_HEADER_SIZE = 30;
    static final int CENTRAL_HEADER_SIZE = 46;
    static final int END_SIZE = 22;
    static final int END64_SIZE = 56;
    static final int END64_LOCATOR_SIZE = 20;
    static final int ZIP64_EXTRA = 1;
    static final long IN_ZIP64 = 0xffffffffL;
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ENCRYPTED_FLAG = 1;
    /** In memory an entry takes about this much beside its name. */
    private static final int ENTRY_COST = 256;

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
        if (position.size() > Integer.MAX_VALUE) {
            throw bad("a zip table of " + position.size() + " bytes", "less than 2 GiB");
        }
        ByteBuffer table = file.slice(position.start(), position.size());
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        List<long[]> spans = new ArrayList<>();
        for (long i = 0; i < position.count(); i++) {
            ZipEntry entry = readEntry(table, position.start(), spans);
            if (entries.put(entry.name(), entry) != null) {
                throw bad("two zip entries named '" + entry.name() + "'", "each name once");
            }
        }
        if (table.hasRemaining()) {
            throw bad(table.remaining() + " bytes after the last entry of the zip table", "none");
        }
        refuseOverlaps(spans);
        return Collections.unmodifiableMap(entries);
    }

    private Position locate() throws IOException {
        int tailSize = (int) Math.min(file.size(), END_SIZE + LONGEST_COMMENT);
        long tailStart = file.size() - tailSize;
        ByteBuffer tail = file.slice(tailStart, tailSize);
        for (int at = tailSize - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_SIZE + unsigned(tail.getShort(at + 20)) == tailSize) {
                return position(tail, at, tailStart + at);
            }
        }
        throw bad("no table of contents at the end", "a whole zip archive; this file may be cut off");
    }

    private Position position(ByteBuffer tail, int at, long endStart) throws IOException {
        long locatorStart = endStart - END64_LOCATOR_SIZE;
        if (locatorStart >= 0) {
            ByteBuffer locator = file.slice(locatorStart, END64_LOCATOR_SIZE);
            if (locator.getInt(0) == END64_LOCATOR) {
                return position64(locator.getLong(8), locatorStart);
            }
        }
        long size = unsigned(tail.getInt(at + 12));
        long start = unsigned(tail.getInt(at + 16));
        return checked(new Position(start, size, unsigned(tail.getShort(at + 10))), endStart);
    }

    private Position position64(long start, long limit) throws IOException {
        if (start < 0 || start > limit - END64_SIZE) {
            throw bad("a ZIP64 end record said to be at byte " + start, "it before byte " + limit);
        }
        ByteBuffer end = file.slice(start, END64_SIZE);
        if (end.getInt(0) != END64) {
            throw bad("no ZIP64 end record at byte " + start, "one there");
        }
        return checked(new Position(end.getLong(48), end.getLong(40), end.getLong(32)), start);
    }

    private Position checked(Position position, long limit) {
        boolean inside = position.start() >= 0 && position.size() >= 0 && position.size() <= limit
                && position.start() <= limit - position.size();
        if (!inside || position.count() < 0 || position.count() > position.size() / CENTRAL_HEADER_SIZE) {
            throw bad("a zip table of " + position.count() + " entries in " + position.size() + " bytes at byte "
                    + position.start(), "it inside the file's " + file.size() + " bytes");
        }
        return position;
    }

    private ZipEntry readEntry(ByteBuffer table, long tableStart, List<long[]> spans) throws IOException {
        if (table.remaining() < CENTRAL_HEADER_SIZE || table.getInt(table.position()) != CENTRAL_HEADER) {
            throw bad("a damaged zip table at entry " + spans.size(), "a zip entry");
        }
        int at = table.position();
        int flags = table.getShort(at + 8);
        int method = unsigned(table.getShort(at + 10));
        int crc = table.getInt(at + 16);
        long storedSize = unsigned(table.getInt(at + 20));
        long size = unsigned(table.getInt(at + 24));
        int nameSize = unsigned(table.getShort(at + 28));
        int extraSize = unsigned(table.getShort(at + 30));
        int commentSize = unsigned(table.getShort(at + 32));
        long header = unsigned(table.getInt(at + 42));
        if (table.remaining() - CENTRAL_HEADER_SIZE < nameSize + extraSize + commentSize) {
            throw bad("a damaged zip table at entry " + spans.size(), "a zip entry");
        }
        budget.take(ENTRY_COST + 2L * nameSize, "a zip table");
        byte[] name = new byte[nameSize];
        table.get(at + CENTRAL_HEADER_SIZE, name);
        String text = new String(name, StandardCharsets.UTF_8);
        ByteBuffer extra = table.slice(at + CENTRAL_HEADER_SIZE + nameSize, extraSize).order(table.order());
        table.position(at + CENTRAL_HEADER_SIZE + nameSize + extraSize + commentSize);

        ByteBuffer wide = zip64(extra);
        size = size == IN_ZIP64 ? nextLong(wide, text) : size;
        storedSize = storedSize == IN_ZIP64 ? nextLong(wide, text) : storedSize;
        header = header == IN_ZIP64 ? nextLong(wide, text) : header;

        if ((flags & ENCRYPTED_FLAG) != 0 || method != STORED && method != DEFLATED) {
            throw bad("zip entry '" + text + "' encrypted or with compression method " + method, "stored or deflated entries");
        }
        if (size < 0 || method == STORED && size != storedSize) {
            throw bad("zip entry '" + text + "' of " + size + " bytes stored in " + storedSize, "the same size");
        }
        long start = dataStart(text, header, tableStart);
        if (storedSize < 0 || storedSize > tableStart - start) {
            throw bad("zip entry '" + text + "' of " + storedSize + " bytes at byte " + start,
                    "it to end before the zip table at byte " + tableStart);
        }
        spans.add(new long[] {header, start + storedSize});
        return new ZipEntry(text, method == DEFLATED, crc, start, storedSize, size);
    }

    /** The entry's bytes follow its local header, whose extra field may be longer than the table's. */
    private long dataStart(String name, long header, long tableStart) throws IOException {
        if (header < 0 || header > tableStart - LOCAL_HEADER_SIZE) {
            throw bad("zip entry '" + name + "' at byte " + header, "it before the zip table at byte " + tableStart);
        }
        ByteBuffer local = file.slice(header, LOCAL_HEADER_SIZE);
        if (local.getInt(0) != LOCAL_HEADER) {
            throw bad("no zip entry at byte " + header, "'" + name + "' there");
        }
        return header + LOCAL_HEADER_SIZE + unsigned(local.getShort(26)) + unsigned(local.getShort(28));
    }

    private static ByteBuffer zip64(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = unsigned(extra.getShort());
            int size = Math.min(unsigned(extra.getShort()), extra.remaining());
            if (id == ZIP64_EXTRA) {
                return extra.slice(extra.position(), size).order(extra.order());
            }
            extra.position(extra.position() + size);
        }
        return ByteBuffer.allocate(0);
    }

    private long nextLong(ByteBuffer zip64, String name) {
        if (zip64.remaining() < Long.BYTES) {
            throw bad("zip entry '" + name + "' without its 64-bit sizes", "a ZIP64 extra field");
        }
        return zip64.getLong();
    }

    /** Entries that share bytes are how small archives expand without end. */
    private void refuseOverlaps(List<long[]> spans) {
        spans.sort(Comparator.comparingLong(span -> span[0]));
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i)[0] < spans.get(i - 1)[1]) {
                throw bad("zip entries that overlap at byte " + spans.get(i)[0], "each byte to belong to one entry");
            }
        }
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file.path(), found, expected);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
