package io.github.selfsup4j.imaging.jpeg;

import io.github.selfsup4j.imaging.Lines;

/**
 * Lines of samples as fine as pixels: a coarse component is weighted 3 to 1 between its two nearest samples in each
 * direction, as libjpeg does by default ({@code jdsample.c}).
 */
final class Upsampling {
    private final byte[] samples;
    private final Plane plane;
    private final int across;
    private final int down;
    private final int lastRow;
    private final int lastColumn;
    private final int left;
    private final int[] coarse;
    private final int[] lefts;
    private final int[] rights;

    /**
     * Lines of a component.
     *
     * @param across 2 if its samples are twice as wide as pixels, 1 otherwise
     * @param down the same for their height
     * @param header of the picture
     * @param left column of the lines' first pixel
     * @param width number of pixels in a line
     */
    Upsampling(byte[] samples, Plane plane, int across, int down, JpegHeader header, int left, int width) {
        this.samples = samples;
        this.plane = plane;
        this.across = across;
        this.down = down;
        this.lastRow = (header.height() - 1) / down;
        this.lastColumn = (header.width() - 1) / across;
        this.left = left;
        this.lefts = new int[width / 2 + 2];
        this.rights = new int[lefts.length];
        this.coarse = new int[lefts.length + 2];
    }

    /**
     * Fills a line.
     *
     * @param row of the picture
     */
    void line(int row, int[] to) {
        if (across == 1) {
            for (int i = 0, from = plane.offset(row, left); i < to.length; i++, from++) {
                to[i] = samples[from] & 0xff;
            }
            return;
        }
        columns(row, (left >> 1) - 1);
        int shift = down == 1 ? 2 : 4;
        Lines.smooth(coarse, 1, 0, down == 1 ? 1 : 8, shift, lefts, lefts.length);
        Lines.smooth(coarse, 1, 2, down == 1 ? 2 : 7, shift, rights, rights.length);
        interleave(to);
    }

    /** Each coarse sample gives the left and the right one of two pixels. */
    private void interleave(int[] to) {
        int i = 0;
        int from = 0;
        if ((left & 1) == 1) {
            to[i++] = rights[from++];
        }
        for (; i + 1 < to.length; i += 2, from++) {
            to[i] = lefts[from];
            to[i + 1] = rights[from];
        }
        if (i < to.length) {
            to[i] = lefts[from];
        }
    }

    /** Weighted samples of two rows, or those of one; at the edges samples are repeated. */
    private void columns(int row, int first) {
        int nearest = row / down;
        int other = Math.max(0, Math.min(lastRow, (row & 1) == 0 ? nearest - 1 : nearest + 1));
        for (int i = 0; i < coarse.length; i++) {
            int column = Math.max(0, Math.min(lastColumn, Math.min(plane.left() + plane.width() - 1, first + i)));
            int value = samples[plane.offset(nearest, column)] & 0xff;
            coarse[i] = down == 1 ? value : 3 * value + (samples[plane.offset(other, column)] & 0xff);
        }
    }
}
