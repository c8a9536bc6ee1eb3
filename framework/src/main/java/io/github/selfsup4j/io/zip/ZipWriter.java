package io.github.selfsup4j.io.zip;

import io.github.selfsup4j.io.disk.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a zip archive of stored entries whose bytes start at multiples of 64, as PyTorch does, so that readers can map
 * them; ZIP64 where sizes, offsets or the number of entries need it.
 */
public final class ZipWriter {
    private static final int ALIGNMENT = 64;
    private static final short VERSION = ZipFormat.ZIP64_VERSION;
    private static final short FLAGS = ZipFormat.UTF8_FLAG;
    /** PyTorch's id of the extra field that only fills up to the alignment. */
    private static final short PADDING_EXTRA = 0x4246;
    /** 1 January 1980: equal content gives equal files. */
    private static final short DATE = 0x21;

    private record Written(byte[] name, int crc, long size, long header) {}

    private final FileChannel channel;
    private final List<Written> entries = new ArrayList<>();

    /** Writes from the channel's position on. */
    public ZipWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Adds an entry: the buffers one after another, each from its position to its limit. */
    public void add(String name, ByteBuffer... content) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        for (ByteBuffer part : content) {
            crc.update(part.duplicate());
            size += part.remaining();
        }
        if (size >= ZipFormat.IN_ZIP64) {
            throw new IllegalArgumentException(name + " has " + size + " bytes; an entry here has less than 4 GiB");
        }
        Written entry =
                new Written(name.getBytes(StandardCharsets.UTF_8), (int) crc.getValue(), size, channel.position());
        entries.add(entry);
        int unpadded = ZipFormat.LOCAL_HEADER_SIZE + entry.name().length + 4;
        int padding = (int) Math.floorMod(-(entry.header() + unpadded), (long) ALIGNMENT);
        ByteBuffer header = buffer(unpadded + padding)
                .putInt(ZipFormat.LOCAL_HEADER)
                .putShort(VERSION)
                .putShort(FLAGS)
                .putShort((short) ZipFormat.STORED)
                .putShort((short) 0)
                .putShort(DATE)
                .putInt(entry.crc())
                .putInt((int) entry.size())
                .putInt((int) entry.size())
                .putShort((short) entry.name().length)
                .putShort((short) (4 + padding))
                .put(entry.name())
                .putShort(PADDING_EXTRA)
                .putShort((short) padding);
        AtomicFile.writeAll(channel, header.rewind());
        for (ByteBuffer part : content) {
            AtomicFile.writeAll(channel, part.duplicate());
        }
    }

    /** Writes the table of contents. */
    public void finish() throws IOException {
        long start = channel.position();
        for (Written entry : entries) {
            AtomicFile.writeAll(channel, centralHeader(entry));
        }
        long end = channel.position();
        long size = end - start;
        boolean wide =
                start >= ZipFormat.IN_ZIP64 || size >= ZipFormat.IN_ZIP64 || entries.size() >= ZipFormat.COUNT_IN_ZIP64;
        if (wide) {
            AtomicFile.writeAll(channel, end64(start, size, end));
        }
        short count = (short) (wide ? ZipFormat.COUNT_IN_ZIP64 : entries.size());
        AtomicFile.writeAll(
                channel,
                buffer(ZipFormat.END_SIZE)
                        .putInt(ZipFormat.END)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putShort(count)
                        .putShort(count)
                        .putInt(wide ? -1 : (int) size)
                        .putInt(wide ? -1 : (int) start)
                        .putShort((short) 0)
                        .rewind());
    }

    /** A tensor has less than 4 GiB, so only the offset of an entry can need 64 bits. */
    private static ByteBuffer centralHeader(Written entry) {
        boolean wide = entry.header() >= ZipFormat.IN_ZIP64;
        int extraSize = wide ? 12 : 0;
        ByteBuffer header = buffer(ZipFormat.CENTRAL_HEADER_SIZE + entry.name().length + extraSize)
                .putInt(ZipFormat.CENTRAL_HEADER)
                .putShort(VERSION)
                .putShort(VERSION)
                .putShort(FLAGS)
                .putShort((short) ZipFormat.STORED)
                .putShort((short) 0)
                .putShort(DATE)
                .putInt(entry.crc())
                .putInt((int) entry.size())
                .putInt((int) entry.size())
                .putShort((short) entry.name().length)
                .putShort((short) extraSize)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(wide ? -1 : (int) entry.header())
                .put(entry.name());
        if (wide) {
            header.putShort((short) ZipFormat.ZIP64_EXTRA).putShort((short) 8).putLong(entry.header());
        }
        return header.rewind();
    }

    private ByteBuffer end64(long start, long size, long end) {
        return buffer(ZipFormat.END64_SIZE + ZipFormat.END64_LOCATOR_SIZE)
                .putInt(ZipFormat.END64)
                .putLong(ZipFormat.END64_SIZE - 12)
                .putShort(VERSION)
                .putShort(VERSION)
                .putInt(0)
                .putInt(0)
                .putLong(entries.size())
                .putLong(entries.size())
                .putLong(size)
                .putLong(start)
                .putInt(ZipFormat.END64_LOCATOR)
                .putInt(0)
                .putLong(end)
                .putInt(1)
                .rewind();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
