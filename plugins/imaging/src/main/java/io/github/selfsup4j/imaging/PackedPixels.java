package io.github.selfsup4j.imaging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Pixels of three bytes as single numbers, red lowest: what is moved around takes a third of the time. */
public final class PackedPixels {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SIZE = 3;

    private PackedPixels() {}

    /** The pixel at an offset; what is above its three bytes has no meaning. */
    static int read(byte[] pixels, int offset) {
        return offset < pixels.length - SIZE
                ? (int) INT.get(pixels, offset)
                : (pixels[offset] & 0xff) | (pixels[offset + 1] & 0xff) << 8 | (pixels[offset + 2] & 0xff) << 16;
    }

    /** Writes pixels from an offset on, four bytes at once, of which the next pixel overwrites the last. */
    public static void write(int[] packed, int count, byte[] pixels, int offset) {
        int last = count - 1;
        for (int i = 0, to = offset; i < last; i++, to += SIZE) {
            INT.set(pixels, to, packed[i]);
        }
        int to = offset + SIZE * last;
        pixels[to] = (byte) packed[last];
        pixels[to + 1] = (byte) (packed[last] >> 8);
        pixels[to + 2] = (byte) (packed[last] >> 16);
    }
}
