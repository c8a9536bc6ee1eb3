package io.github.selfsup4j.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The compressed pixels of a GIF file: LZW codes of growing length, in blocks of at most 255 bytes. */
final class GifStream {
    private static final int MOST_CODES = 4096;
    private static final int NONE = -1;

    private final ByteBuffer file;
    private final int firstBits;
    private int at;
    private int blockLeft;
    private int bits;
    private int bitCount;

    private final short[] prefixes = new short[MOST_CODES];
    private final byte[] last = new byte[MOST_CODES];
    private final byte[] text = new byte[MOST_CODES];

    /** @param at where the minimal length of a code is */
    GifStream(ByteBuffer file, int at) throws IOException {
        this.file = file;
        this.at = at + 1;
        firstBits = file.get(at);
        if (firstBits < 1 || firstBits > 11) {
            throw new IOException("a GIF file with damaged pixels");
        }
    }

    /**
     * Reads pixels.
     *
     * @throws IOException if the stream ends before, or is damaged
     * @throws IndexOutOfBoundsException if the file ends before
     */
    byte[] read(int count) throws IOException {
        byte[] to = new byte[count];
        int clear = 1 << firstBits;
        int next = clear + 2;
        int length = firstBits + 1;
        int previous = NONE;
        int first = 0;
        for (int done = 0; done < count; ) {
            int code = code(length);
            if (code == clear) {
                next = clear + 2;
                length = firstBits + 1;
                previous = NONE;
                continue;
            } else if (code == clear + 1) {
                throw new IOException("a GIF file that is cut off");
            } else if (code > next || (code == next && previous == NONE) || (previous == NONE && code >= clear)) {
                throw new IOException("a GIF file with damaged pixels");
            }
            int place = MOST_CODES;
            int walk = code;
            if (code == next) { // what was said before, and its own beginning again
                text[--place] = (byte) first;
                walk = previous;
            }
            for (; walk > clear; walk = prefixes[walk]) {
                text[--place] = last[walk];
            }
            text[--place] = (byte) walk;
            first = walk;
            if (previous != NONE && next < MOST_CODES) {
                prefixes[next] = (short) previous;
                last[next++] = (byte) first;
                length = next == 1 << length && length < 12 ? length + 1 : length;
            }
            previous = code;
            int pixels = Math.min(MOST_CODES - place, count - done);
            System.arraycopy(text, place, to, done, pixels);
            done += pixels;
        }
        return to;
    }

    private int code(int length) throws IOException {
        while (bitCount < length) {
            if (blockLeft == 0) {
                blockLeft = file.get(at++) & 0xff;
                if (blockLeft == 0) {
                    throw new IOException("a GIF file that is cut off");
                }
            }
            bits |= (file.get(at++) & 0xff) << bitCount;
            bitCount += 8;
            blockLeft--;
        }
        int code = bits & (1 << length) - 1;
        bits >>>= length;
        bitCount -= length;
        return code;
    }
}
