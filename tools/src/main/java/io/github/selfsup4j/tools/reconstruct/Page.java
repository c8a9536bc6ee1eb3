package io.github.selfsup4j.tools.reconstruct;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.tools.pictures.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A page of pictures: a row for each image, a column for each title, which stands above it. */
final class Page {
    /** Smaller pictures are shown in a multiple of their size. */
    private static final int SMALLEST_SIDE = 112;

    private static final int GAP = 8;
    private static final int HEADER = 20;

    private final List<Map<String, Image8>> rows = new ArrayList<>();

    /**
     * Adds a row.
     *
     * @param panels title to picture; the same titles and sizes in every row
     */
    void add(Map<String, Image8> panels) {
        rows.add(panels);
    }

    /** Writes the page as a PNG. */
    void write(Path file) throws IOException {
        BufferedImage page = draw();
        AtomicFile.write(file, channel -> ImageIO.write(page, "png", Channels.newOutputStream(channel)));
    }

    private BufferedImage draw() {
        List<String> titles = List.copyOf(rows.get(0).keySet());
        Image8 first = rows.get(0).get(titles.get(0));
        int scale = Math.max(1, (SMALLEST_SIDE + first.width() - 1) / first.width());
        int width = scale * first.width();
        int height = scale * first.height();
        BufferedImage page = new BufferedImage(
                GAP + titles.size() * (width + GAP),
                HEADER + GAP + rows.size() * (height + GAP),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = page.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
        graphics.setColor(Color.BLACK);
        for (int column = 0; column < titles.size(); column++) {
            int x = GAP + column * (width + GAP);
            graphics.drawString(titles.get(column), x, HEADER - 2);
            for (int row = 0; row < rows.size(); row++) {
                BufferedImage picture = Pictures.toBuffered(rows.get(row).get(titles.get(column)));
                graphics.drawImage(picture, x, HEADER + GAP + row * (height + GAP), width, height, null);
            }
        }
        graphics.dispose();
        return page;
    }
}
