package io.github.selfsup4j.imaging;

/** Turns samples of a PNG file into red, green and blue, or grey. */
final class PngColours {
    private static final int RGB = 2;
    private static final int INDEXED = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGBA = 6;

    private final int colourType;
    private final int depth;
    private final byte[] palette = new byte[3 * 256];

    /** @param palette may have fewer than 256 colours; others are shades of grey, as with Pillow */
    PngColours(int colourType, int depth, byte[] palette) {
        this.colourType = colourType;
        this.depth = depth;
        for (int i = 0; i < this.palette.length; i++) {
            this.palette[i] = (byte) (i / 3);
        }
        System.arraycopy(palette, 0, this.palette, 0, Math.min(palette.length, this.palette.length));
    }

    /** 1 for grey, 3 for colour. */
    int channels() {
        return colourType == 0 || colourType == GREY_ALPHA ? 1 : 3;
    }

    /**
     * Puts a row into the picture.
     *
     * @param row samples from index 1 on
     * @param columns number of pixels
     * @param to values of the picture
     * @param first pixel of the picture that the row begins at
     * @param step pixels of the picture from one to the next
     */
    void put(byte[] row, int columns, byte[] to, int first, int step) {
        int bytes = depth / 8;
        switch (colourType) {
            case RGB -> copy(row, columns, 3 * bytes, bytes, to, first, step);
            case RGBA -> copy(row, columns, 4 * bytes, bytes, to, first, step);
            case GREY_ALPHA -> copy(row, columns, 2 * bytes, bytes, to, first, step);
            case INDEXED -> {
                for (int x = 0; x < columns; x++) {
                    System.arraycopy(palette, 3 * sample(row, x), to, 3 * (first + x * step), 3);
                }
            }
            default -> {
                if (depth == 8 && step == 1) {
                    System.arraycopy(row, 1, to, first, columns);
                    return;
                }
                for (int x = 0; x < columns; x++) {
                    to[first + x * step] = grey(row, x);
                }
            }
        }
    }

    /** The first byte of every sample, which is the upper one. */
    private void copy(byte[] row, int columns, int pixelBytes, int sampleBytes, byte[] to, int first, int step) {
        int channels = channels();
        if (pixelBytes == channels && step == 1) {
            System.arraycopy(row, 1, to, first * channels, columns * channels);
            return;
        }
        for (int x = 0; x < columns; x++) {
            for (int channel = 0; channel < channels; channel++) {
                to[(first + x * step) * channels + channel] = row[1 + x * pixelBytes + channel * sampleBytes];
            }
        }
    }

    private byte grey(byte[] row, int x) {
        if (depth == 16) {
            return row[1 + 2 * x] == 0 ? row[2 + 2 * x] : (byte) 255;
        }
        return (byte) (sample(row, x) * 255 / ((1 << depth) - 1));
    }

    /** A sample of at most 8 bits; of several in a byte, the first is in its upper bits. */
    private int sample(byte[] row, int x) {
        int bit = x * depth;
        return (row[1 + bit / 8] & 0xff) >> (8 - depth - bit % 8) & ((1 << depth) - 1);
    }
}
