package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;

/**
 * Gaussian blur, equal to Pillow's: three box blurs along the rows, then three along the columns, in fixed point (<a
 * href="https://www.mia.uni-saarland.de/Publications/gwosdek-ssvm11.pdf">Gwosdek et al., 2011</a>). Beyond the picture
 * its outermost values go on.
 */
public final class GaussianFilter {
    private static final int PASSES = 3;
    private static final int FIXED_POINT = 24;

    private final int radius;
    private final int inner;
    private final int outer;

    /** @param sigma standard deviation in pixels */
    public GaussianFilter(double sigma) {
        float box = boxRadius((float) sigma);
        radius = (int) box;
        inner = (int) ((1 << FIXED_POINT) / (box * 2 + 1));
        outer = ((1 << FIXED_POINT) - (radius * 2 + 1) * inner) / 2;
    }

    /** Radius of the box, with a fraction: three of them have the variance of the bell. */
    private static float boxRadius(float sigma) {
        float variance = sigma * sigma / PASSES;
        float length = (float) Math.sqrt(12.0 * variance + 1.0);
        float whole = (float) Math.floor((length - 1.0) / 2.0);
        float fraction = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
        fraction /= 6 * (variance - (whole + 1) * (whole + 1));
        return whole + fraction;
    }

    /** The picture, blurred. */
    public Image8 apply(Image8 image) {
        int height = image.height();
        int width = image.width();
        int channels = image.channels();
        byte[] pixels = image.pixels().clone();
        int[] line = new int[Math.max(height, width) + 2 * radius + 2];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < height; row++) {
                blur(pixels, row * width * channels + channel, channels, width, line);
            }
            for (int column = 0; column < width; column++) {
                blur(pixels, column * channels + channel, width * channels, height, line);
            }
        }
        return new Image8(height, width, channels, pixels);
    }

    /** Blurs one line in place: {@code count} values from {@code start}, {@code step} apart. */
    private void blur(byte[] pixels, int start, int step, int count, int[] line) {
        int margin = radius + 1;
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < count; i++) {
                line[margin + i] = pixels[start + i * step] & 0xff;
            }
            for (int i = 0; i < margin; i++) {
                line[i] = line[margin];
                line[margin + count + i] = line[margin + count - 1];
            }
            int sum = 0;
            for (int i = 0; i < 2 * radius + 1; i++) {
                sum += line[i];
            }
            for (int i = 0; i < count; i++) {
                int far = line[i + 2 * margin];
                sum += line[i + 2 * radius + 1] - line[i];
                int blurred = sum * inner + (line[i] + far) * outer + (1 << (FIXED_POINT - 1));
                pixels[start + i * step] = (byte) (blurred >>> FIXED_POINT);
            }
        }
    }
}
