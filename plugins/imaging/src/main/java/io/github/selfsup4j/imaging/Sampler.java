package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;

/** A picture at places between its pixels, byte by byte as Pillow's {@code Geometry.c} has it. */
abstract class Sampler {
    final Image8 image;

    private Sampler(Image8 image) {
        this.image = image;
    }

    /** @throws IllegalArgumentException if the filter is neither bilinear nor bicubic */
    static Sampler of(Interpolation filter, Image8 image) {
        return switch (filter) {
            case BILINEAR -> new Bilinear(image);
            case BICUBIC -> new Bicubic(image);
            default ->
                throw new IllegalArgumentException(
                        "pictures are transformed by nearest, bilinear or bicubic, not by " + filter);
        };
    }

    /**
     * Writes the colour of a place.
     *
     * @param x in pixels, 0 being the middle of the first
     */
    final void sample(double x, double y, byte[] to, int at) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        for (int channel = 0; channel < image.channels(); channel++) {
            double value = value(left, top, x - left, y - top, channel);
            to[at + channel] = (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
        }
    }

    abstract double value(int left, int top, double right, double down, int channel);

    /** The value of the nearest pixel that there is in a row. */
    final double pixel(int row, int column, int channel) {
        return image.value(row, Math.max(0, Math.min(image.width() - 1, column)), channel);
    }

    private static final class Bilinear extends Sampler {
        Bilinear(Image8 image) {
            super(image);
        }

        @Override
        double value(int left, int top, double right, double down, int channel) {
            double upper = across(Math.max(0, top), left, right, channel);
            double lower = top + 1 < image.height() ? across(top + 1, left, right, channel) : upper;
            return between(upper, lower, down);
        }

        private double across(int row, int left, double right, int channel) {
            return between(pixel(row, left, channel), pixel(row, left + 1, channel), right);
        }

        private static double between(double a, double b, double share) {
            return a + (b - a) * share;
        }
    }

    private static final class Bicubic extends Sampler {
        Bicubic(Image8 image) {
            super(image);
        }

        @Override
        double value(int left, int top, double right, double down, int channel) {
            double first = across(Math.max(0, top - 1), left, right, channel);
            double second = next(first, top, left, right, channel);
            double third = next(second, top + 1, left, right, channel);
            double fourth = next(third, top + 2, left, right, channel);
            return cubic(first, second, third, fourth, down);
        }

        /** A row outside the picture is the row before it. */
        private double next(double before, int row, int left, double right, int channel) {
            return row >= 0 && row < image.height() ? across(row, left, right, channel) : before;
        }

        private double across(int row, int left, double right, int channel) {
            return cubic(
                    pixel(row, left - 1, channel),
                    pixel(row, left, channel),
                    pixel(row, left + 1, channel),
                    pixel(row, left + 2, channel),
                    right);
        }

        private static double cubic(double first, double second, double third, double fourth, double share) {
            double linear = -first + third;
            double square = 2 * (first - second) + third - fourth;
            double cube = -first + second - third + fourth;
            return second + share * (linear + share * (square + share * cube));
        }
    }
}
