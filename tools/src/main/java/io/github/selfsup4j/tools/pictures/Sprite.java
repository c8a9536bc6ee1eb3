package io.github.selfsup4j.tools.pictures;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * Many small pictures in one, for a page that shows one of them at a time.
 *
 * @param dataUri the picture as text, to be put into the page
 * @param side of a small picture in pixels
 * @param columns how many there are in a row
 */
public record Sprite(String dataUri, int side, int columns) {
    private static final int LARGEST_WIDTH = 4096;

    /** Draws the pictures of the first rows of a table. */
    public static Sprite of(Pictures pictures, int count, int side) throws IOException {
        int columns = Math.max(1, Math.min(LARGEST_WIDTH / side, (int) Math.ceil(Math.sqrt(count))));
        BufferedImage sheet = new BufferedImage(
                columns * side, Math.max(1, (count + columns - 1) / columns) * side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < count; i++) {
            graphics.drawImage(pictures.thumbnail(i, side), i % columns * side, i / columns * side, null);
        }
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(sheet, "jpeg", jpeg);
        return new Sprite(
                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray()), side, columns);
    }
}
