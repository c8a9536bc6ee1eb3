package io.github.selfsup4j.imaging.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads the coefficients of a scan, block by block (T.81, F.2). */
final class EntropyDecoder {
    /** Place in a block, row by row, of each coefficient in order of the file. */
    static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
                21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
                47, 55, 62, 63
    };

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MARKER = 0xff;
    private static final int FIRST_RESTART = 0xd0;
    private static final int RESTARTS = 8;
    /** Zeros after the data: more than a damaged block can read. */
    private static final int ROOM = 64 * HuffmanTable.LONGEST / 8 + 16;

    private final byte[] file;
    private final byte[] data;
    /** What comes next in the file. */
    private int position;

    private int restarts;
    /** Size of the data up to the next marker. */
    private int size;
    /** What comes next in the data. */
    private int at;
    /** The next bits from the highest one, and how many there are; more may be there, but do not count. */
    private long bits;

    private int count;

    /**
     * A decoder.
     *
     * @param start where the data of the scan begins
     */
    EntropyDecoder(byte[] file, int start) {
        this.file = file;
        this.data = new byte[file.length - start + ROOM];
        this.position = start;
        readToMarker();
    }

    /** Copies the data up to the next marker, without the zeros that tell a byte from a marker. */
    private void readToMarker() {
        int from = position;
        int to = 0;
        while (from < file.length) {
            byte next = file[from++];
            data[to++] = next;
            if (next == (byte) MARKER) {
                if (from == file.length || file[from] != 0) {
                    to--;
                    from--;
                    break;
                }
                from++;
            }
        }
        Arrays.fill(data, to, Math.min(data.length, to + ROOM), (byte) 0);
        position = from;
        size = to;
        at = 0;
        bits = 0;
        count = 0;
    }

    /**
     * Goes on behind the next restart marker.
     *
     * @throws UnusualJpegException if another one is there, or not enough data was before it
     */
    void restart() throws UnusualJpegException {
        requireEnough();
        if (position + 1 >= file.length || (file[position + 1] & 0xff) != FIRST_RESTART + restarts % RESTARTS) {
            throw new UnusualJpegException("a restart marker is missing");
        }
        restarts++;
        position += 2;
        readToMarker();
    }

    /** @throws UnusualJpegException if more was read than there was */
    void requireEnough() throws UnusualJpegException {
        if (8L * at - count > 8L * size) {
            throw new UnusualJpegException("the data end too early");
        }
    }

    /**
     * Reads a block into a column of an array.
     *
     * @param quantization factors, in order of the file
     * @param to {@code [place in the file's order][block]}; zeros are not written
     * @param before the first coefficient of the component's last block, not multiplied
     * @return that of this block
     */
    int read(HuffmanTable dc, HuffmanTable ac, int[] quantization, int[][] to, int block, int before)
            throws UnusualJpegException {
        int first = before + first(dc);
        to[0][block] = first * quantization[0];
        // Locals, since fields would be read and written back for every coefficient.
        long next = bits;
        int left = count;
        int from = at;
        int k = 1;
        while (k < to.length) {
            next |= (long) LONG.get(data, from) >>> left;
            from += (63 - left) >> 3;
            left |= 56;
            int entry = ac.next(next);
            next <<= entry;
            left -= entry & HuffmanTable.LENGTH;
            k += entry >> 8 & HuffmanTable.END_OF_BLOCK;
            if (k >= to.length) {
                requireEnd(k);
                break;
            }
            to[k][block] = (entry >> 16) * quantization[k];
            k++;
        }
        bits = next;
        count = left;
        at = from;
        return first;
    }

    /** The same for a block that nobody needs. */
    int skip(HuffmanTable dc, HuffmanTable ac, int before) throws UnusualJpegException {
        int first = before + first(dc);
        long next = bits;
        int left = count;
        int from = at;
        int k = 1;
        while (k < ZIGZAG.length) {
            next |= (long) LONG.get(data, from) >>> left;
            from += (63 - left) >> 3;
            left |= 56;
            int entry = ac.next(next);
            next <<= entry;
            left -= entry & HuffmanTable.LENGTH;
            k += (entry >> 8 & HuffmanTable.END_OF_BLOCK) + 1;
            if (k < ZIGZAG.length) { // there are bits enough for two
                entry = ac.next(next);
                next <<= entry;
                left -= entry & HuffmanTable.LENGTH;
                k += (entry >> 8 & HuffmanTable.END_OF_BLOCK) + 1;
            }
        }
        if (k > ZIGZAG.length) {
            requireEnd(k - 1);
        }
        bits = next;
        count = left;
        at = from;
        return first;
    }

    /** The difference of a block's first coefficient from that of the block before. */
    private int first(HuffmanTable dc) throws UnusualJpegException {
        if (at > size + Long.BYTES) {
            throw new UnusualJpegException("the data end too early");
        }
        bits |= (long) LONG.get(data, at) >>> count;
        at += (63 - count) >> 3;
        count |= 56;
        int entry = dc.next(bits);
        bits <<= entry;
        count -= entry & HuffmanTable.LENGTH;
        return entry >> 16;
    }

    private static void requireEnd(int place) throws UnusualJpegException {
        if (place < HuffmanTable.END_OF_BLOCK) {
            throw new UnusualJpegException("too many coefficients in a block");
        }
    }
}
