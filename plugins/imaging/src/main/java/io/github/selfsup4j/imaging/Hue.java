package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;

/**
 * Turns colours around the colour wheel, equal to torchvision's {@code adjust_hue} on Pillow pictures: through 8-bit
 * hue, saturation and value, with the roundings that come of it.
 */
public final class Hue {
    private static final int SECTORS = 6;
    private static final double LARGEST = 255.0;

    private Hue() {}

    /**
     * Turns by a part of the wheel.
     *
     * @param turn in [-0.5, 0.5]
     */
    public static Image8 turn(Image8 image, double turn) {
        if (image.channels() == 1) {
            return image;
        }
        int steps = (int) (turn * LARGEST);
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i += 3) {
            int r = from[i] & 0xff;
            int g = from[i + 1] & 0xff;
            int b = from[i + 2] & 0xff;
            int largest = Math.max(r, Math.max(g, b));
            int range = largest - Math.min(r, Math.min(g, b));
            if (range == 0) {
                to[i] = to[i + 1] = to[i + 2] = (byte) largest;
            } else {
                int saturation = (int) ((float) range / (float) largest * LARGEST);
                putColour(to, i, hue(r, g, b, largest, range) + steps & 0xff, saturation, largest);
            }
        }
        return new Image8(image.height(), image.width(), 3, to);
    }

    /** Hue in [0, 255] of a colour that is not grey. */
    private static int hue(int r, int g, int b, int largest, float range) {
        float fromRed = (largest - r) / range;
        float fromGreen = (largest - g) / range;
        float fromBlue = (largest - b) / range;
        float sector;
        if (r == largest) {
            sector = fromBlue - fromGreen;
        } else if (g == largest) {
            sector = (float) (2.0 + fromRed - fromBlue);
        } else {
            sector = (float) (4.0 + fromGreen - fromRed);
        }
        float hue = (float) ((sector / 6.0 + 1.0) % 1.0);
        return (int) (hue * LARGEST);
    }

    private static void putColour(byte[] to, int i, int hue, int saturation, int value) {
        if (saturation == 0) {
            to[i] = to[i + 1] = to[i + 2] = (byte) value;
            return;
        }
        double place = hue * 6.0 / LARGEST;
        int sector = (int) place;
        float rest = (float) (place - sector);
        float share = (float) (saturation / LARGEST);
        byte v = (byte) value;
        byte p = (byte) Math.round(value * (1.0 - share));
        byte q = (byte) Math.round(value * (1.0 - share * rest));
        byte t = (byte) Math.round(value * (1.0 - share * (1.0 - rest)));
        switch (sector % SECTORS) {
            case 0 -> put(to, i, v, t, p);
            case 1 -> put(to, i, q, v, p);
            case 2 -> put(to, i, p, v, t);
            case 3 -> put(to, i, p, q, v);
            case 4 -> put(to, i, t, p, v);
            default -> put(to, i, v, p, q);
        }
    }

    private static void put(byte[] to, int i, byte r, byte g, byte b) {
        to[i] = r;
        to[i + 1] = g;
        to[i + 2] = b;
    }
}
