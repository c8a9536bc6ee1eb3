package io.github.selfsup4j.plugins.imaging;

import io.github.selfsup4j.data.Image8;

import java.util.Arrays;

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
 * <p>Both passes are weighted sums of whole lines, since the compiler turns loops along a line into vector
 * instructions: so the pass across works on columns, and pixels are transposed before and after it.
 */
public final class Resampler {
    private static final int HALF = 1 << (Coefficients.BITS - 1);
    private static final int TAPS_AT_ONCE = 4;

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
        if (height == box.height() && width == box.width()) {
            return Pictures.crop(image, box);
        } else if (filter == Interpolation.NEAREST) {
            return nearest(height, width);
        }
        int[][] rows = width == box.width() ? rows() : transposed(resampled(columns(), new Coefficients(box.width(), width, filter)));
        int[][] result = height == box.height() ? rows : resampled(rows, new Coefficients(box.height(), height, filter));
        return packed(result, width);
    }

    /** Lines {@code [out][values]} as weighted sums of lines {@code [in][values]}. */
    private static int[][] resampled(int[][] lines, Coefficients coefficients) {
        int[][] result = new int[coefficients.size()][lines[0].length];
        for (int out = 0; out < result.length; out++) {
            int[] sum = result[out];
            int[] weights = coefficients.weights(out);
            int first = coefficients.first(out);
            Arrays.fill(sum, HALF);
            int tap = 0;
            for (; tap + TAPS_AT_ONCE <= weights.length; tap += TAPS_AT_ONCE) {
                addFour(sum, lines, first + tap, weights, tap);
            }
            for (; tap < weights.length; tap++) {
                addOne(sum, lines[first + tap], weights[tap]);
            }
            round(sum);
        }
        return result;
    }

    private static void addFour(int[] sum, int[][] lines, int first, int[] weights, int tap) {
        int[] a = lines[first];
        int[] b = lines[first + 1];
        int[] c = lines[first + 2];
        int[] d = lines[first + 3];
        int weightA = weights[tap];
        int weightB = weights[tap + 1];
        int weightC = weights[tap + 2];
        int weightD = weights[tap + 3];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += a[i] * weightA + b[i] * weightB + c[i] * weightC + d[i] * weightD;
        }
    }

    private static void addOne(int[] sum, int[] line, int weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += line[i] * weight;
        }
    }

    private static void round(int[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.max(0, Math.min(255, sum[i] >> Coefficients.BITS));
        }
    }

    /** The crop as {@code [column][row, channel]}. */
    private int[][] columns() {
        if (columns == null) {
            columns = new int[box.width()][box.height() * channels];
            byte[] pixels = image.pixels();
            for (int y = 0; y < box.height(); y++) {
                int from = offset(y);
                for (int[] column : columns) {
                    for (int c = 0; c < channels; c++) {
                        column[y * channels + c] = pixels[from++] & 0xff;
                    }
                }
            }
        }
        return columns;
    }

    /** The crop as {@code [row][column, channel]}. */
    private int[][] rows() {
        int[][] rows = new int[box.height()][box.width() * channels];
        for (int y = 0; y < rows.length; y++) {
            int from = offset(y);
            for (int x = 0; x < rows[y].length; x++) {
                rows[y][x] = image.pixels()[from + x] & 0xff;
            }
        }
        return rows;
    }

    private int offset(int row) {
        return ((box.top() + row) * image.width() + box.left()) * channels;
    }

    /** Columns {@code [x][y, channel]} as rows {@code [y][x, channel]}. */
    private int[][] transposed(int[][] columns) {
        int[][] rows = new int[columns[0].length / channels][columns.length * channels];
        for (int x = 0; x < columns.length; x++) {
            int[] column = columns[x];
            for (int y = 0, from = 0; y < rows.length; y++) {
                for (int c = 0; c < channels; c++) {
                    rows[y][x * channels + c] = column[from++];
                }
            }
        }
        return rows;
    }

    private Image8 packed(int[][] rows, int width) {
        byte[] pixels = new byte[rows.length * width * channels];
        int to = 0;
        for (int[] row : rows) {
            for (int value : row) {
                pixels[to++] = (byte) value;
            }
        }
        return new Image8(rows.length, width, channels, pixels);
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
