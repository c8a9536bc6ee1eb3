package io.github.selfsup4j.tools.pictures;

import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.Image8;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Where the pictures of a table of features come from, and how they are drawn. */
public interface Pictures {
    /** The colour of the ground that a picture lies on if it is no square. */
    Color GROUND = new Color(0xf2f2f2);

    /**
     * The picture of a row.
     *
     * @throws IOException if it can't be read
     */
    Image8 picture(int row) throws IOException;

    /**
     * The picture of a row in a square; an empty square if it can't be read.
     *
     * @param side in pixels
     */
    default BufferedImage thumbnail(int row, int side) {
        try {
            return inSquare(picture(row), side);
        } catch (IOException e) {
            return blank(side);
        }
    }

    /** A picture as large as fits into a square, with ground around it. */
    static BufferedImage inSquare(Image8 image, int side) {
        return inSquare(fitting(image, side), side);
    }

    /** A drawing in the middle of a square. */
    static BufferedImage inSquare(BufferedImage drawing, int side) {
        BufferedImage square = blank(side);
        Graphics2D graphics = square.createGraphics();
        graphics.drawImage(drawing, (side - drawing.getWidth()) / 2, (side - drawing.getHeight()) / 2, null);
        graphics.dispose();
        return square;
    }

    /**
     * A picture as large as fits into a square. Small ones get larger by whole numbers, so that their pixels stay
     * sharp.
     */
    static BufferedImage fitting(Image8 image, int side) {
        double scale = (double) side / Math.max(image.width(), image.height());
        if (scale > 1) {
            scale = Math.floor(scale);
        }
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        Image scaled = scale >= 1
                ? toBuffered(image)
                : toBuffered(image).getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
        BufferedImage drawing = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawing.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(scaled, 0, 0, width, height, null);
        graphics.dispose();
        return drawing;
    }

    private static BufferedImage blank(int side) {
        BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, side, side);
        graphics.dispose();
        return square;
    }

    /**
     * A tensor as a picture, with the pipeline's scaling of channels undone.
     *
     * @param values {@code [3, height, width]}
     * @param scaling how a pipeline scaled it; empty for values from 0 to 1
     */
    static Image8 of(float[] values, int height, int width, Optional<ChannelScaling> scaling) {
        int channels = values.length / height / width;
        byte[] pixels = new byte[values.length];
        for (int channel = 0; channel < channels; channel++) {
            int c = channel;
            float mean = scaling.map(scale -> scale.mean()[c]).orElse(0f);
            float std = scaling.map(scale -> scale.std()[c]).orElse(1f);
            for (int i = 0; i < height * width; i++) {
                float value = values[channel * height * width + i] * std + mean;
                pixels[i * channels + channel] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
        }
        return new Image8(height, width, channels, pixels);
    }

    /** The same picture for Java's own drawing. */
    static BufferedImage toBuffered(Image8 image) {
        Image8 rgb = image.toRgb();
        BufferedImage picture = new BufferedImage(rgb.width(), rgb.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < rgb.height(); y++) {
            for (int x = 0; x < rgb.width(); x++) {
                picture.setRGB(x, y, rgb.value(y, x, 0) << 16 | rgb.value(y, x, 1) << 8 | rgb.value(y, x, 2));
            }
        }
        return picture;
    }
}
