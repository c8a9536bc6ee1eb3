package io.github.selfsup4j.imaging;

import java.io.IOException;

/** A row of a PNG file and the one before it, from which its bytes were predicted (ISO/IEC 15948, section 9). */
final class PngRow {
    private final int step;
    private byte[] row;
    private byte[] before;

    /**
     * The row before the first one, of zeros.
     *
     * @param bytes of a row, without the one that names its filter
     * @param step bytes from a pixel to the next, at least 1
     */
    PngRow(int bytes, int step) {
        this.step = step;
        this.row = new byte[1 + bytes];
        this.before = new byte[1 + bytes];
    }

    /** The array to be filled with the bytes of the next row, its filter first. */
    byte[] next() {
        byte[] free = before;
        before = row;
        row = free;
        return row;
    }

    /**
     * The row as it was before filtering; the first byte is none of it.
     *
     * @throws IOException if its filter is unknown
     */
    byte[] unfiltered() throws IOException {
        switch (row[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1 + step; i < row.length; i++) {
                    row[i] += row[i - step];
                }
            }
            case 2 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += before[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += (byte) (((i > step ? row[i - step] & 0xff : 0) + (before[i] & 0xff)) >> 1);
                }
            }
            case 4 -> {
                int first = Math.min(1 + step, row.length);
                for (int i = 1; i < first; i++) {
                    row[i] += before[i];
                }
                for (int i = first; i < row.length; i++) {
                    row[i] += (byte) paeth(row[i - step] & 0xff, before[i] & 0xff, before[i - step] & 0xff);
                }
            }
            default -> throw new IOException("a PNG file with damaged pixels");
        }
        return row;
    }

    /** Whichever of left, above and above left is nearest to left + above - above left. */
    private static int paeth(int left, int above, int aboveLeft) {
        int toLeft = Math.abs(above - aboveLeft);
        int toAbove = Math.abs(left - aboveLeft);
        int toAboveLeft = Math.abs(left + above - 2 * aboveLeft);
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
