package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes of a pickle, taken from front to back; none is taken beyond the end. */
final class PickleBytes {
    private static final int TEXT_COST = 64;

    private final Path file;
    private final ByteBuffer bytes;
    private final MemoryBudget budget;

    PickleBytes(Path file, ByteBuffer bytes, MemoryBudget budget) {
        this.file = file;
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.budget = budget;
    }

    /** How many were taken. */
    int taken() {
        return bytes.position();
    }

    int unsigned8() {
        return Byte.toUnsignedInt(bytes.get(take(1)));
    }

    int unsigned16() {
        return Short.toUnsignedInt(bytes.getShort(take(2)));
    }

    int int32() {
        return bytes.getInt(take(4));
    }

    /** Unlike everything else, pickle has these big-endian. */
    double float64() {
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong(take(8))));
    }

    /** A signed number of some bytes. */
    long whole(int width) {
        if (width > Long.BYTES) {
            throw new FormatException(file, "a whole number of " + width + " bytes", "at most 64 bits");
        }
        int at = take(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedLong(bytes.get(at + i));
        }
        int unused = Long.SIZE - 8 * width;
        return width == 0 ? 0 : value << unused >> unused;
    }

    /** An unsigned number of the given width: how many bytes there are of what follows. */
    int length(int width) {
        long length =
                switch (width) {
                    case 1 -> unsigned8();
                    case 4 -> Integer.toUnsignedLong(int32());
                    default -> bytes.getLong(take(8));
                };
        if (length < 0 || length > bytes.remaining()) {
            throw new FormatException(
                    file,
                    "a pickled value of " + Long.toUnsignedString(length) + " bytes",
                    "at most the " + bytes.remaining() + " left");
        }
        return (int) length;
    }

    String utf8(int length) {
        return new String(copy(length), StandardCharsets.UTF_8);
    }

    String latin1(int length) {
        return new String(copy(length), StandardCharsets.ISO_8859_1);
    }

    /** The text up to the end of the line. */
    String line() {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        String line = utf8(end - start);
        take(1);
        return line;
    }

    private byte[] copy(int length) {
        budget.take(TEXT_COST + 3L * length, "texts");
        byte[] copy = new byte[length];
        bytes.get(take(length), copy);
        return copy;
    }

    /** Moves on by a number of bytes and gives where they start. */
    private int take(int count) {
        int at = bytes.position();
        if (count > bytes.remaining()) {
            throw new FormatException(
                    file,
                    "a pickle that ends at byte " + bytes.limit() + " in the middle of a value",
                    "a whole pickle");
        }
        bytes.position(at + count);
        return at;
    }
}
