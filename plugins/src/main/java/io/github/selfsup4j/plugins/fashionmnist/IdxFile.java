package io.github.selfsup4j.plugins.fashionmnist;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Unsigned bytes in the IDX format of MNIST, gzipped or not.
 *
 * @param shape length of each axis
 * @param bytes the values, row-major
 */
record IdxFile(int[] shape, byte[] bytes) {
    private static final int UNSIGNED_BYTE = 8;
    private static final long MOST = 1L << 30;

    /**
     * Reads one.
     *
     * @param name for errors
     * @throws IOException if it is damaged, or something else than IDX of unsigned bytes
     */
    static IdxFile read(InputStream in, String name) throws IOException {
        try (DataInputStream data = new DataInputStream(unzipped(in))) {
            int magic = data.readInt();
            int axes = magic & 0xff;
            if (magic >>> 8 != UNSIGNED_BYTE || axes == 0 || axes > 4) {
                throw new IOException(name + " is no IDX file of bytes: it starts with " + Integer.toHexString(magic) + ", expected 8nn");
            }
            int[] shape = new int[axes];
            long size = 1;
            for (int i = 0; i < axes; i++) {
                shape[i] = data.readInt();
                if (shape[i] < 0 || (size *= shape[i]) > MOST) {
                    throw new IOException(name + " claims to be of shape " + Arrays.toString(shape) + ", which is too large");
                }
            }
            byte[] bytes = data.readNBytes((int) size);
            if (bytes.length != size || data.read() >= 0) {
                throw new IOException(name + " holds " + (bytes.length < size ? "fewer" : "more") + " values than its shape " + Arrays.toString(shape) + " needs");
            }
            return new IdxFile(shape, bytes);
        } catch (EOFException e) {
            throw new IOException(name + " is cut off", e);
        }
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered) : buffered;
    }
}
