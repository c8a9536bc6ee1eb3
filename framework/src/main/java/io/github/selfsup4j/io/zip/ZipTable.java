package io.github.selfsup4j.io.zip;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The entries of a zip archive's table of contents, one after another, each checked to lie before the table. */
final class ZipTable {
    /** In memory an entry takes about this much beside its name. */
    private static final int ENTRY_COST = 256;

    private final MappedFile file;
    private final ByteBuffer table;
    private final long tableStart;
    private final MemoryBudget budget;

    ZipTable(MappedFile file, ByteBuffer table, long tableStart, MemoryBudget budget) {
        this.file = file;
        this.table = table;
        this.tableStart = tableStart;
        this.budget = budget;
    }

    ZipEntry next() throws IOException {
        int at = table.position();
        if (table.remaining() < ZipFormat.CENTRAL_HEADER_SIZE || table.getInt(at) != ZipFormat.CENTRAL_HEADER) {
            throw damaged(at);
        }
        int nameSize = Short.toUnsignedInt(table.getShort(at + 28));
        int extraSize = Short.toUnsignedInt(table.getShort(at + 30));
        int commentSize = Short.toUnsignedInt(table.getShort(at + 32));
        if (table.remaining() - ZipFormat.CENTRAL_HEADER_SIZE < nameSize + extraSize + commentSize) {
            throw damaged(at);
        }
        String name = name(at + ZipFormat.CENTRAL_HEADER_SIZE, nameSize);
        int extraAt = at + ZipFormat.CENTRAL_HEADER_SIZE + nameSize;
        table.position(extraAt + extraSize + commentSize);
        return checked(entry(at, name, table.slice(extraAt, extraSize).order(table.order())));
    }

    void requireEnd() {
        if (table.hasRemaining()) {
            throw bad(table.remaining() + " bytes after the last entry of the zip table", "none");
        }
    }

    private String name(int at, int size) {
        budget.take(ENTRY_COST + 2L * size, "a zip table");
        byte[] name = new byte[size];
        table.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private ZipEntry entry(int at, String name, ByteBuffer extra) throws IOException {
        int flags = table.getShort(at + 8);
        int method = Short.toUnsignedInt(table.getShort(at + 10));
        if ((flags & ZipFormat.ENCRYPTED_FLAG) != 0 || (method != ZipFormat.STORED && method != ZipFormat.DEFLATED)) {
            throw bad(
                    "zip entry '" + name + "' encrypted or with compression method " + method,
                    "stored or deflated entries");
        }
        ByteBuffer zip64 = zip64(extra);
        long size = wide(table.getInt(at + 24), zip64, name);
        long storedSize = wide(table.getInt(at + 20), zip64, name);
        long header = wide(table.getInt(at + 42), zip64, name);
        boolean deflated = method == ZipFormat.DEFLATED;
        return new ZipEntry(name, deflated, table.getInt(at + 16), header, dataStart(name, header), storedSize, size);
    }

    private ZipEntry checked(ZipEntry entry) {
        if (entry.size() < 0 || (!entry.deflated() && entry.size() != entry.storedSize())) {
            throw bad(
                    "zip entry '" + entry.name() + "' of " + entry.size() + " bytes stored in " + entry.storedSize(),
                    "the same size");
        }
        if (entry.storedSize() < 0 || entry.storedSize() > tableStart - entry.start()) {
            throw bad(
                    "zip entry '" + entry.name() + "' of " + entry.storedSize() + " bytes at byte " + entry.start(),
                    "it to end before the zip table at byte " + tableStart);
        }
        return entry;
    }

    /** The entry's bytes follow its local header, whose extra field may be longer than the table's. */
    private long dataStart(String name, long header) throws IOException {
        if (header < 0 || header > tableStart - ZipFormat.LOCAL_HEADER_SIZE) {
            throw bad("zip entry '" + name + "' at byte " + header, "it before the zip table at byte " + tableStart);
        }
        ByteBuffer local = file.slice(header, ZipFormat.LOCAL_HEADER_SIZE);
        if (local.getInt(0) != ZipFormat.LOCAL_HEADER) {
            throw bad("no zip entry at byte " + header, "'" + name + "' there");
        }
        int nameSize = Short.toUnsignedInt(local.getShort(26));
        int extraSize = Short.toUnsignedInt(local.getShort(28));
        return header + ZipFormat.LOCAL_HEADER_SIZE + nameSize + extraSize;
    }

    /** The numbers that do not fit 32 bits, in the order of their fields; empty if all do. */
    private static ByteBuffer zip64(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int size = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            if (id == ZipFormat.ZIP64_EXTRA) {
                return extra.slice(extra.position(), size).order(extra.order());
            }
            extra.position(extra.position() + size);
        }
        return ByteBuffer.allocate(0);
    }

    private long wide(int field, ByteBuffer zip64, String name) {
        long value = Integer.toUnsignedLong(field);
        if (value != ZipFormat.IN_ZIP64) {
            return value;
        }
        if (zip64.remaining() < Long.BYTES) {
            throw bad("zip entry '" + name + "' without its 64-bit sizes", "a ZIP64 extra field");
        }
        return zip64.getLong();
    }

    private FormatException damaged(int at) {
        return bad("a damaged zip table at byte " + (tableStart + at), "a zip entry");
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file.path(), found, expected);
    }
}
