package io.github.selfsup4j.imaging.jpeg;

import java.util.Arrays;

/**
 * A code of a JPEG file (T.81, annexes C and F), as a table over the next bits. Most of its entries hold a code
 * together with the number that follows it.
 *
 * <p>An entry is {@code value << 16 | run << 8 | length}: the coefficient, how many zeros go before it, and the number
 * of bits of both.
 */
final class HuffmanTable {
    /** Run of the end of a block: leads beyond any block, which zeros before a coefficient can't. */
    static final int END_OF_BLOCK = 127;
    /** Bits of the longest code and the number after it. */
    static final int LONGEST = 27;

    private static final int LOOK_AHEAD = 10;
    private static final int LONGEST_CODE = 16;
    private static final int LARGEST_DC = 11;
    private static final int LARGEST_AC = 10;
    /**
     * Marks entries without value: {@code size of the number << 16 | run << 8 | INCOMPLETE | length of the code}; that
     * length is 0 if the code is longer than what was looked at.
     */
    private static final int INCOMPLETE = 0x80;
    /** Mask of the length. */
    static final int LENGTH = 0x1f;

    private final int[] entries = new int[1 << LOOK_AHEAD];
    /** By length of code: the first 16-bit number that is too large to begin with a code of that length. */
    private final int[] limits = new int[LONGEST_CODE + 1];
    /** By length of code: what to add to a code for its place among the symbols. */
    private final int[] offsets = new int[LONGEST_CODE + 1];

    private final int[] symbols;

    /**
     * A table.
     *
     * @param counts number of codes of each length, from 1 bit to 16
     * @param symbols what they mean, in order of the codes: run of zeros and size of the number after it
     * @param dc true for a code of the first coefficient of a block, which has no runs
     * @throws UnusualJpegException if these make no code, or sizes are larger than those of 8-bit pictures
     */
    HuffmanTable(int[] counts, int[] symbols, boolean dc) throws UnusualJpegException {
        this.symbols = new int[symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            this.symbols[i] = symbol(symbols[i], dc);
        }
        Arrays.fill(entries, INCOMPLETE);
        int code = 0;
        int symbol = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            offsets[length] = symbol - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, symbol++) {
                if (code >= 1 << length) {
                    throw new UnusualJpegException("more Huffman codes than there can be");
                }
                if (length <= LOOK_AHEAD) {
                    fill(code, length, this.symbols[symbol]);
                }
            }
            limits[length] = code << (LONGEST_CODE - length);
            code <<= 1;
        }
    }

    /** A symbol as the upper part of an incomplete entry. */
    private static int symbol(int symbol, boolean dc) throws UnusualJpegException {
        int run = symbol >> 4;
        int size = symbol & 15;
        if (size > (dc ? LARGEST_DC : LARGEST_AC) || (dc && run > 0)) {
            throw new UnusualJpegException("a coefficient too large for 8 bits");
        }
        boolean end = !dc && size == 0 && run < 15;
        return size << 16 | (end ? END_OF_BLOCK : run) << 8;
    }

    private void fill(int code, int length, int symbol) {
        int free = LOOK_AHEAD - length;
        for (int rest = 0; rest < 1 << free; rest++) {
            int bits = code << free | rest;
            entries[bits] = symbol >> 16 <= free
                    ? complete((long) bits << (Long.SIZE - LOOK_AHEAD), symbol, length)
                    : symbol | INCOMPLETE | length;
        }
    }

    /** Reads the number after a code; half of those of each size are negative (T.81, F.2.2.1). */
    private static int complete(long bits, int symbol, int length) {
        int size = symbol >> 16;
        int number = (int) (bits << length >>> 1 >>> (Long.SIZE - 1 - size));
        int value = number < 1 << size >> 1 ? number - (1 << size) + 1 : number;
        return value << 16 | (symbol & 0x7f00) | length + size;
    }

    /**
     * The entry of what comes next.
     *
     * @param bits at least the next {@link #LONGEST} bits, from the highest one
     * @throws UnusualJpegException if they begin with no code
     */
    int next(long bits) throws UnusualJpegException {
        int entry = entries[(int) (bits >>> (Long.SIZE - LOOK_AHEAD))];
        return (entry & INCOMPLETE) == 0 ? entry : completed(bits, entry);
    }

    private int completed(long bits, int entry) throws UnusualJpegException {
        if ((entry & LENGTH) > 0) {
            return complete(bits, entry, entry & LENGTH);
        }
        int code = (int) (bits >>> (Long.SIZE - LONGEST_CODE));
        for (int length = LOOK_AHEAD + 1; length <= LONGEST_CODE; length++) {
            if (code < limits[length]) {
                return complete(bits, symbols[(code >> (LONGEST_CODE - length)) + offsets[length]], length);
            }
        }
        throw new UnusualJpegException("not a Huffman code");
    }
}
