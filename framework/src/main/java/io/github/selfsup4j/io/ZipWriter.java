package io.github.selfsup4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a zip archive of stored entries whose bytes start at multiples of 64, as PyTorch does, so that readers
 * can map them; ZIP64 where sizes, offsets or the number of entries need it.
 */
final class ZipWriter {
    private static final int ALIGNMENT = 64;
    private static final int UTF8_FLAG = 0x800;
    private static final short ZIP64_VERSION = 45;
    /** PyTorch's id of the extra field that only fills up to the alignment. */
    private static final short PADDING_EXTRA = 0x4246;
    /** 1 January 1980: equal content gives equal files. */
    private static final short DATE = 0x21;

    private record Written(byte[] name, int crc, long size, long header) {}

    private final FileChannel channel;
    private final List<Written> entries = new ArrayList<>();

    /** Writes from the channel's position on. */
    ZipWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Adds an entry: the buffers one after another, each from its position to its limit. */
    void add(String name, ByteBuffer... content) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        for (ByteBuffer part : content) {
            crc.update(part.duplicate());
            size += part.remaining();
        }
        if (size >= ZipDirectory.IN_ZIP64) {
            throw new IllegalArgumentException(name + " has " + size + " bytes; an entry here has less than 4 GiB");
        }
        Written entry = new Written(name.getBytes(StandardCharsets.UTF_8), (int) crc.getValue(), size, channel.position());
        entries.add(entry);
        int unpadded = ZipDirectory.LOCAL_HEADER_SIZE + entry.name().length + 4;
        int padding = (int) Math.floorMod(-(entry.header() + unpadded), (long) ALIGNMENT);
        ByteBuffer header = buffer(unpadded + padding)
                .putInt(ZipDirectory.LOCAL_HEADER)
                .putShort(ZIP64_VERSION).putShort((short) UTF8_FLAG).putShort((short) ZipDirectory.STORED)
                .putShort((short) 0).putShort(DATE)
                .putInt(entry.crc()).putInt((int) entry.size()).putInt((int) entry.size())
                .putShort((short) entry.name().length).putShort((short) (4 + padding))
                .put(entry.name())
                .putShort(PADDING_EXTRA).putShort((short) padding);
        AtomicFile.writeAll(channel, header.rewind());
        for (ByteBuffer part : content) {
            AtomicFile.writeAll(channel, part.duplicate());
        }
    }

    /** Writes the table of contents. */
    void finish() throws IOException {
        long start = channel.position();
        for (Written entry : entries) {
            AtomicFile.writeAll(channel, centralHeader(entry));
        }
        long end = channel.position();
        long size = end - start;
        boolean wide = start >= ZipDirectory.IN_ZIP64 || size >= ZipDirectory.IN_ZIP64 || entries.size() >= 0xffff;
        if (wide) {
            AtomicFile.writeAll(channel, end64(start, size, end));
        }
        short count = wide ? (short) 0xffff : (short) entries.size();
        AtomicFile.writeAll(channel, buffer(ZipDirectory.END_SIZE)
                .putInt(ZipDirectory.END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count)
                .putInt(wide ? -1 : (int) size).putInt(wide ? -1 : (int) start).putShort((short) 0).rewind());
    }

    /** A tensor has less than 4 GiB, so only the offset of an entry can need 64 bits. */
    private static ByteBuffer centralHeader(Written entry) {
        boolean wide = entry.header() >= ZipDirectory.IN_ZIP64;
        int extraSize = wide ? 12 : 0;
        ByteBuffer header = buffer(ZipDirectory.CENTRAL_HEADER_SIZE + entry.name().length + extraSize)
                .putInt(ZipDirectory.CENTRAL_HEADER)
                .putShort(ZIP64_VERSION).putShort(ZIP64_VERSION).putShort((short) UTF8_FLAG).putShort((short) ZipDirectory.STORED)
                .putShort((short) 0).putShort(DATE)
                .putInt(entry.crc()).putInt((int) entry.size()).putInt((int) entry.size())
                .putShort((short) entry.name().length).putShort((short) extraSize)
                .putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0)
                .putInt(wide ? -1 : (int) entry.header())
                .put(entry.name());
        if (wide) {
            header.putShort((short) ZipDirectory.ZIP64_EXTRA).putShort((short) 8).putLong(entry.header());
        }
        return header.rewind();
    }

    private ByteBuffer end64(long start, long size, long end) {
        return buffer(ZipDirectory.END64_SIZE + ZipDirectory.END64_LOCATOR_SIZE)
                .putInt(ZipDirectory.END64).putLong(ZipDirectory.END64_SIZE - 12).putShort(ZIP64_VERSION).putShort(ZIP64_VERSION)
                .putInt(0).putInt(0).putLong(entries.size()).putLong(entries.size()).putLong(size).putLong(start)
                .putInt(ZipDirectory.END64_LOCATOR).putInt(0).putLong(end).putInt(1)
                .rewind();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
