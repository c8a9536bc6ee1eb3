package io.github.selfsup4j.tools.attention;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** Numbers on a grid drawn over a picture: the greatest in yellow, the least in dark blue. */
final class HeatMap {
    /** The colour map viridis at nine places. */
    private static final int[] VIRIDIS = {
        0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725
    };

    private static final double COVER = 0.62;

    private HeatMap() {}

    /**
     * Draws a map over a picture, smooth between the middles of its squares.
     *
     * @param values {@code [rows * columns]}
     * @param below the picture, which stays as it is
     */
    static BufferedImage over(BufferedImage below, float[] values, int rows, int columns) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        BufferedImage drawn = new BufferedImage(below.getWidth(), below.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                double value = at(
                        values,
                        rows,
                        columns,
                        (y + 0.5) * rows / drawn.getHeight() - 0.5,
                        (x + 0.5) * columns / drawn.getWidth() - 0.5);
                drawn.setRGB(
                        x, y, mixed(below.getRGB(x, y), colour(most > least ? (value - least) / (most - least) : 0)));
            }
        }
        return drawn;
    }

    private static double at(float[] values, int rows, int columns, double y, double x) {
        double fromY = Math.max(0, Math.min(rows - 1, y));
        double fromX = Math.max(0, Math.min(columns - 1, x));
        int top = (int) Math.min(fromY, Math.max(0, rows - 2));
        int left = (int) Math.min(fromX, Math.max(0, columns - 2));
        int bottom = Math.min(rows - 1, top + 1);
        int right = Math.min(columns - 1, left + 1);
        double down = fromY - top;
        double across = fromX - left;
        return (1 - down) * ((1 - across) * values[top * columns + left] + across * values[top * columns + right])
                + down * ((1 - across) * values[bottom * columns + left] + across * values[bottom * columns + right]);
    }

    private static int colour(double share) {
        double place = share * (VIRIDIS.length - 1);
        int from = (int) Math.min(place, VIRIDIS.length - 2);
        return blend(VIRIDIS[from], VIRIDIS[from + 1], place - from);
    }

    private static int mixed(int picture, int colour) {
        return blend(picture & 0xffffff, colour, COVER);
    }

    private static int blend(int from, int to, double share) {
        Color a = new Color(from);
        Color b = new Color(to);
        return (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed())) << 16
                | (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen())) << 8
                | (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue()));
    }
}
