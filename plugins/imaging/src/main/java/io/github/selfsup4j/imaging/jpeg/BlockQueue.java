package io.github.selfsup4j.imaging.jpeg;

import io.github.selfsup4j.imaging.Lines;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Collects blocks of coefficients, so that many are transformed at once, and writes their samples. */
final class BlockQueue {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SIZE = 8;
    private static final int BLOCKS = 264;

    private final int[][] blocks = new int[SIZE * SIZE][BLOCKS];
    /** The same lines in order of the file. */
    private final int[][] coefficients = new int[SIZE * SIZE][];

    private final InverseTransform transform = new InverseTransform(BLOCKS);
    private final int[] four = new int[BLOCKS];
    private final int[] places = new int[BLOCKS];
    private final int[] widths = new int[BLOCKS];
    private final byte[] samples;
    private int count;

    /** @param samples where samples are written to */
    BlockQueue(byte[] samples) {
        this.samples = samples;
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = blocks[EntropyDecoder.ZIGZAG[i]];
        }
    }

    /** Room for coefficients, all zero: {@code [place in the file's order][block]}. */
    int[][] coefficients() {
        return coefficients;
    }

    /** The block whose coefficients come next. */
    int next() {
        return count;
    }

    /**
     * Adds that block.
     *
     * @param place of its first sample
     * @param width samples in a row of its plane
     */
    void add(int place, int width) {
        places[count] = place;
        widths[count] = width;
        count++;
        if (count == BLOCKS) {
            flush();
        }
    }

    /** Transforms what is there. */
    void flush() {
        transform.apply(blocks, count);
        for (int row = 0; row < SIZE; row++) {
            write(row, 0);
            write(row, SIZE / 2);
        }
        for (int[] line : blocks) {
            Arrays.fill(line, 0, count, 0);
        }
        count = 0;
    }

    /** Writes four samples of a row of every block. */
    private void write(int row, int column) {
        int first = SIZE * row + column;
        Lines.pack(blocks[first], blocks[first + 1], blocks[first + 2], blocks[first + 3], four, count);
        for (int block = 0; block < count; block++) {
            INT.set(samples, places[block] + row * widths[block] + column, four[block]);
        }
    }
}
