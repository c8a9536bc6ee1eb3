package io.github.selfsup4j.tools.pictures;

import io.github.selfsup4j.data.Image8;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Where the pictures of a table of features come from, and how they are drawn. */
public interface Pictures {
    /** The colour of the ground that a picture lies on if it is no square. */
    Color GROUND = new Color(0xf2f2f2);

    /** The picture of a row. @throws IOException if it can't be read */
    Image8 picture(int row) throws IOException;

    /** The picture of a row in a square; an empty square if it can't be read. @param side in pixels */
    default BufferedImage thumbnail(int row, int side) {
        try {
            return inSquare(picture(row), side);
        } catch (IOException e) {
            return blank(side);
        }
    }

    /** A picture as large as fits into a square. Small ones get larger by whole numbers, so that their pixels stay sharp. */
    static BufferedImage inSquare(Image8 image, int side) {
        BufferedImage square = blank(side);
        double scale = (double) side / Math.max(image.width(), image.height());
        if (scale > 1) {
            scale = Math.floor(scale);
        }
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        Image scaled = scale >= 1 ? toBuffered(image) : toBuffered(image).getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
        Graphics2D graphics = square.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(scaled, (side - width) / 2, (side - height) / 2, width, height, null);
        graphics.dispose();
        return square;
    }

    private static BufferedImage blank(int side) {
        BufferedImage square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, side, side);
        graphics.dispose();
        return square;
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
