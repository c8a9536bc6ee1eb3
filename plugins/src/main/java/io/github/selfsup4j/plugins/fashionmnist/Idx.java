package io.github.selfsup4j.plugins.fashionmnist;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes in the IDX format of MNIST: two zero bytes, the element type (8), the number of
 * dimensions, each dimension as four bytes, big end first, then the elements.
 *
 * @param shape the dimensions
 * @param values the elements in row-major order
 */
record Idx(int[] shape, byte[] values) {
    private static final int UNSIGNED_BYTE = 8;
    private static final int MOST_DIMENSIONS = 4;
    private static final int MOST_VALUES = 1 << 30;
    /** What reading takes for a while, in parts of the memory there is at most. */
    private static final int MEMORY_PARTS = 3;

    private static final int GZIP_MAGIC = 0x1f8b;

    /**
     * Reads a file, gzip-compressed or not. Never takes more memory than the file holds values.
     *
     * @param file closed by the caller
     * @param name for messages
     * @param dimensions how many it must have
     * @throws IOException if it is no such file, too short, or too long; the message begins with the name
     */
    static Idx read(InputStream file, String name, int dimensions) throws IOException {
        try {
            DataInputStream in = new DataInputStream(decompressed(new BufferedInputStream(file)));
            int[] shape = readShape(in, name, dimensions);
            int size = size(shape, name);
            byte[] values = in.readNBytes(size);
            if (values.length != size) {
                throw new IOException(
                        name + " ends after " + values.length + " of " + size + " values: is the download complete?");
            } else if (in.read() != -1) {
                throw new IOException(name + " goes on after the " + size + " values it announces");
            }
            return new Idx(shape, values);
        } catch (EOFException e) {
            throw new IOException(name + " is too short for an IDX file: is the download complete?", e);
        }
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
    }

    private static int[] readShape(DataInputStream in, String name, int dimensions) throws IOException {
        int magic = in.readInt();
        if (magic >>> 8 != UNSIGNED_BYTE || (magic & 0xff) > MOST_DIMENSIONS) {
            throw new IOException(
                    name + " is no IDX file of unsigned bytes: it begins with 0x" + Integer.toHexString(magic));
        }
        int[] shape = new int[magic & 0xff];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.readInt();
        }
        if (shape.length != dimensions) {
            throw new IOException(
                    name + " has the shape " + Arrays.toString(shape) + ", expected " + dimensions + " dimensions");
        }
        return shape;
    }

    private static int size(int[] shape, String name) throws IOException {
        long size = 1;
        for (int side : shape) {
            size = side > 0 && size <= MOST_VALUES ? size * side : Long.MAX_VALUE;
        }
        if (size > MOST_VALUES) {
            throw new IOException(name + " announces the shape " + Arrays.toString(shape) + ", which no data set has");
        } else if (size > Runtime.getRuntime().maxMemory() / MEMORY_PARTS) {
            throw new IOException(name + " announces the shape " + Arrays.toString(shape) + ", " + (size >> 20)
                    + " MB: too much for the " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB of this process; if it is right, give it more, SELFSUP_JAVA_ARGS=-Xmx8g");
        }
        return (int) size;
    }
}
