package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;

/**
 * Resizes a crop of a picture, to one or more sizes, byte by byte as Pillow does ({@code Resample.c}): an antialiased
 * convolution in fixed point, across first, rounded to 8 bits, then down. Belongs to one thread.
 *
 * <pre>{@code
 * Resampler crop = new Resampler(picture, new Box(top, left, height, width));
 * Image8 image = crop.resize(224, 224, Interpolation.BICUBIC);
 * Image8 target = crop.resize(112, 112, Interpolation.LANCZOS);
 * }</pre>
 *
 * <p>Both passes are weighted sums of whole lines: the pass across works on columns, so pixels are transposed before
 * and after it, which costs less than it saves.
 */
public final class Resampler {
    private static final int COLOUR = 3;
    private static final int COLUMNS_AT_ONCE = 16;

    private final Image8 crop;
    private final int channels;
    private int[][] columns;

    /** @throws IllegalArgumentException if the box is empty, or not within the picture */
    public Resampler(Picture picture, Box box) {
        this.crop = box.of(picture);
        this.channels = crop.channels();
    }

    /** Resizes a whole picture. */
    public static Image8 resize(Image8 image, int height, int width, Interpolation filter) {
        return new Resampler(image, Box.whole(image)).resize(height, width, filter);
    }

    /**
     * The crop in another size.
     *
     * @param height number of rows of the result
     * @param width number of columns of the result
     */
    public Image8 resize(int height, int width, Interpolation filter) {
        if (filter == Interpolation.NEAREST) {
            return nearest(height, width);
        }
        int[][] rows = across(new Coefficients(crop.width(), width, filter));
        return new Image8(height, width, channels, down(rows, width, new Coefficients(crop.height(), height, filter)));
    }

    /** The crop in another width, as packed pixels {@code [row][column]}. */
    private int[][] across(Coefficients coefficients) {
        int height = crop.height();
        int[][] rows = new int[height][coefficients.size()];
        int[] packed = new int[height];
        coefficients.sum(height * channels, (x, column) -> unpack(columns()[x], packed, column), (x, sum) -> {
            pack(sum, packed);
            for (int y = 0; y < height; y++) {
                rows[y][x] = packed[y];
            }
        });
        return rows;
    }

    /** Rows of packed pixels in another number, as bytes. */
    private byte[] down(int[][] rows, int width, Coefficients coefficients) {
        int rowSize = width * channels;
        byte[] pixels = new byte[coefficients.size() * rowSize];
        int[] packed = new int[width];
        coefficients.sum(rowSize, (y, row) -> unpack(rows[y], packed, row), (y, sum) -> {
            pack(sum, packed);
            write(packed, pixels, y * rowSize);
        });
        return pixels;
    }

    /** The crop as packed pixels {@code [column][row]}: some columns at a time, since reading goes along rows. */
    int[][] columns() {
        if (columns == null) {
            columns = new int[crop.width()][crop.height()];
            for (int first = 0; first < columns.length; first += COLUMNS_AT_ONCE) {
                readColumns(first, Math.min(columns.length, first + COLUMNS_AT_ONCE));
            }
        }
        return columns;
    }

    private void readColumns(int first, int end) {
        byte[] pixels = crop.pixels();
        for (int y = 0; y < crop.height(); y++) {
            int from = (y * crop.width() + first) * channels;
            for (int x = first; x < end; x++, from += channels) {
                columns[x][y] = channels == COLOUR ? PackedPixels.read(pixels, from) : pixels[from];
            }
        }
    }

    /**
     * Channels one after the other from packed pixels.
     *
     * @param channel overwritten; as long as them
     */
    private void unpack(int[] packed, int[] channel, int[] line) {
        for (int i = 0; i < channels; i++) {
            Lines.unpack(packed, Byte.SIZE * i, channel, packed.length);
            System.arraycopy(channel, 0, line, i * packed.length, packed.length);
        }
    }

    /** Packed pixels from sums, channels one after the other. */
    private void pack(int[] sum, int[] packed) {
        Lines.clamp(sum, Coefficients.BITS, sum.length);
        if (channels == COLOUR) {
            Lines.pack(sum, packed, packed.length);
        } else {
            System.arraycopy(sum, 0, packed, 0, packed.length);
        }
    }

    private void write(int[] packed, byte[] pixels, int offset) {
        if (channels == COLOUR) {
            PackedPixels.write(packed, packed.length, pixels, offset);
        } else {
            for (int x = 0; x < packed.length; x++) {
                pixels[offset + x] = (byte) packed[x];
            }
        }
    }

    private Image8 nearest(int height, int width) {
        int[] ys = nearestIndices(crop.height(), height);
        int[] xs = nearestIndices(crop.width(), width);
        byte[] pixels = new byte[height * width * channels];
        int to = 0;
        for (int y : ys) {
            for (int x : xs) {
                System.arraycopy(crop.pixels(), (y * crop.width() + x) * channels, pixels, to, channels);
                to += channels;
            }
        }
        return new Image8(height, width, channels, pixels);
    }

    /** Pillow adds up the step instead of multiplying, which decides ties. */
    private static int[] nearestIndices(int inSize, int outSize) {
        double step = (double) inSize / outSize;
        double position = step * 0.5;
        int[] indices = new int[outSize];
        for (int i = 0; i < outSize; i++, position += step) {
            indices[i] = Math.min(inSize - 1, (int) position);
        }
        return indices;
    }
}
