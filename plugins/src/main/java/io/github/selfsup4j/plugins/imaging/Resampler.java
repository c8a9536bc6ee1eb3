package io.github.selfsup4j.plugins.imaging;

import io.github.selfsup4j.data.Image8;

/**
 * Resizes a crop of a picture, to one or more sizes, byte by byte as Pillow does ({@code Resample.c}): an
 * antialiased convolution in fixed point, across first, rounded to 8 bits, then down. Belongs to one thread.
 *
 * <pre>{@code
 * Resampler crop = new Resampler(picture, new Box(top, left, height, width));
 * Image8 image = crop.resize(224, 224, Interpolation.BICUBIC);
 * Image8 target = crop.resize(112, 112, Interpolation.LANCZOS);
 * }</pre>
 *
 * <p>Both passes are weighted sums of whole lines: the pass across works on columns, so pixels are transposed
 * before and after it, which costs less than it saves.
 */
public final class Resampler {
    private static final int COLOUR = 3;

    private final Image8 image;
    private final Box box;
    private final int channels;
    private int[][] columns;

    /** @throws IllegalArgumentException if the box is empty, or not within the picture */
    public Resampler(Image8 image, Box box) {
        box.requireWithin(image);
        this.image = image;
        this.box = box;
        this.channels = image.channels();
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
        int[][] rows = across(new Coefficients(box.width(), width, filter));
        return new Image8(height, width, channels, down(rows, new Coefficients(box.height(), height, filter)));
    }

    /** The crop in another width, as {@code [row][column, channel]}. */
    private int[][] across(Coefficients coefficients) {
        int[][] rows = new int[box.height()][coefficients.size() * channels];
        int[] sum = new int[box.height() * channels];
        for (int x = 0; x < coefficients.size(); x++) {
            coefficients.sum(columns(), x, sum);
            int to = x * channels;
            for (int y = 0, from = 0; y < rows.length; y++, from += channels) {
                int[] row = rows[y];
                row[to] = Coefficients.round(sum[from]);
                if (channels == COLOUR) {
                    row[to + 1] = Coefficients.round(sum[from + 1]);
                    row[to + 2] = Coefficients.round(sum[from + 2]);
                }
            }
        }
        return rows;
    }

    /** Rows {@code [row][column, channel]} in another number, one after the other. */
    private static byte[] down(int[][] rows, Coefficients coefficients) {
        int rowSize = rows[0].length;
        byte[] pixels = new byte[coefficients.size() * rowSize];
        int[] sum = new int[rowSize];
        for (int y = 0; y < coefficients.size(); y++) {
            coefficients.sum(rows, y, sum);
            int to = y * rowSize;
            for (int i = 0; i < rowSize; i++) {
                pixels[to + i] = (byte) Coefficients.round(sum[i]);
            }
        }
        return pixels;
    }

    /** The crop as {@code [column][row, channel]}. */
    private int[][] columns() {
        if (columns == null) {
            columns = new int[box.width()][box.height() * channels];
            byte[] pixels = image.pixels();
            int rowSize = image.width() * channels;
            for (int x = 0; x < columns.length; x++) {
                int[] column = columns[x];
                for (int to = 0, from = offset(0) + x * channels; to < column.length; to += channels, from += rowSize) {
                    column[to] = pixels[from] & 0xff;
                    if (channels == COLOUR) {
                        column[to + 1] = pixels[from + 1] & 0xff;
                        column[to + 2] = pixels[from + 2] & 0xff;
                    }
                }
            }
        }
        return columns;
    }

    private int offset(int row) {
        return ((box.top() + row) * image.width() + box.left()) * channels;
    }

    private Image8 nearest(int height, int width) {
        int[] ys = nearestIndices(box.height(), height);
        int[] xs = nearestIndices(box.width(), width);
        byte[] pixels = new byte[height * width * channels];
        int to = 0;
        for (int y : ys) {
            for (int x : xs) {
                System.arraycopy(image.pixels(), offset(y) + x * channels, pixels, to, channels);
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
