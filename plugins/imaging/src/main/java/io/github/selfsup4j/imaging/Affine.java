package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A picture rotated, sheared or moved, byte by byte as Pillow does it ({@code Geometry.c}). The point {@code (x, y)} of
 * the result shows {@code (a x + b y + c, d x + e y + f)} of the picture.
 */
public record Affine(double a, double b, double c, double d, double e, double f) {
    private static final int FIXED_POINT = 1 << 16;

    /** Lines that were upright lean; by so many pixels a row. */
    public static Affine shearX(double factor) {
        return new Affine(1, factor, 0, 0, 1, 0);
    }

    /** Lines that were level lean; by so many pixels a column. */
    public static Affine shearY(double factor) {
        return new Affine(1, 0, 0, factor, 1, 0);
    }

    /** To the left and up by so many pixels. */
    public static Affine translation(double x, double y) {
        return new Affine(1, 0, x, 0, 1, y);
    }

    /** Counter-clockwise around the middle of a picture. */
    public static Affine rotation(double degrees, Image8 image) {
        double angle = -Math.toRadians(degrees % 360 + (degrees % 360 < 0 ? 360 : 0));
        double cos = rounded(Math.cos(angle));
        double sin = rounded(Math.sin(angle));
        double x = image.width() / 2.0;
        double y = image.height() / 2.0;
        return new Affine(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
    }

    /** Pillow rounds to 15 digits, so that a quarter of a turn is one. */
    private static double rounded(double value) {
        return new BigDecimal(value).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
    }

    /**
     * The picture in its own size.
     *
     * @param filter nearest, bilinear or bicubic
     * @param fill a value for each channel, where there is no picture
     * @throws IllegalArgumentException for other filters
     */
    public Image8 apply(Image8 image, Interpolation filter, int[] fill) {
        if (filter == Interpolation.NEAREST) {
            return nearest(image, fill);
        }
        Sampler sampler = Sampler.of(filter, image);
        byte[] to = new byte[image.pixels().length];
        for (int y = 0, i = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++, i += image.channels()) {
                double left = a * (x + 0.5) + b * (y + 0.5) + c;
                double top = d * (x + 0.5) + e * (y + 0.5) + f;
                boolean inside = left >= 0 && left < image.width() && top >= 0 && top < image.height();
                if (inside) {
                    sampler.sample(left - 0.5, top - 0.5, to, i);
                } else {
                    fill(to, i, image.channels(), fill);
                }
            }
        }
        return new Image8(image.height(), image.width(), image.channels(), to);
    }

    /** In fixed point, unless the axes stay parallel to themselves: Pillow then adds up steps. */
    private Image8 nearest(Image8 image, int[] fill) {
        int channels = image.channels();
        byte[] to = new byte[image.pixels().length];
        boolean scales = b == 0 && d == 0;
        for (int y = 0, i = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++, i += channels) {
                int column = scales ? whole(c + a * 0.5, a, x) : fixed(c + a * 0.5 + b * 0.5, a, x, b, y);
                int row = scales ? whole(f + e * 0.5, e, y) : fixed(f + d * 0.5 + e * 0.5, d, x, e, y);
                if (column >= 0 && column < image.width() && row >= 0 && row < image.height()) {
                    System.arraycopy(image.pixels(), (row * image.width() + column) * channels, to, i, channels);
                } else {
                    fill(to, i, channels, fill);
                }
            }
        }
        return new Image8(image.height(), image.width(), channels, to);
    }

    private static int whole(double start, double step, int steps) {
        return (int) Math.floor(start + step * steps);
    }

    private static int fixed(double start, double stepX, int x, double stepY, int y) {
        return (fixed(start) + fixed(stepX) * x + fixed(stepY) * y) >> 16;
    }

    private static int fixed(double value) {
        return (int) Math.floor(value * FIXED_POINT + 0.5);
    }

    private static void fill(byte[] to, int at, int channels, int[] fill) {
        for (int channel = 0; channel < channels; channel++) {
            to[at + channel] = (byte) fill[channel];
        }
    }
}
