package io.github.selfsup4j.tools.pictures;

import io.github.selfsup4j.io.disk.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A page of pictures in rows, with lines of text below each and frames in colours that tell something. */
public final class ContactSheet {
    private static final int GAP = 12;
    private static final int LINE = 15;
    private static final int FONT = 12;
    private static final int FRAME = 3;

    /**
     * A picture.
     *
     * @param image square
     * @param captions lines below it
     * @param frame colour of its frame; empty for none
     */
    public record Cell(BufferedImage image, List<String> captions, Optional<Color> frame) {}

    private final int side;
    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * An empty page.
     *
     * @param side of a picture in pixels
     */
    public ContactSheet(int side) {
        this.side = side;
    }

    /** Adds a row. */
    public void add(List<Cell> row) {
        rows.add(List.copyOf(row));
    }

    /** Writes the page as a PNG. */
    public void write(Path file) throws IOException {
        BufferedImage page = draw();
        AtomicFile.write(file, channel -> ImageIO.write(page, "png", Channels.newOutputStream(channel)));
    }

    private BufferedImage draw() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int lines = rows.stream()
                .flatMap(List::stream)
                .mapToInt(cell -> cell.captions().size())
                .max()
                .orElse(0);
        int height = side + lines * LINE + GAP;
        BufferedImage page =
                new BufferedImage(GAP + columns * (side + GAP), GAP + rows.size() * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = page.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                draw(rows.get(row).get(column), GAP + column * (side + GAP), GAP + row * height, graphics);
            }
        }
        graphics.dispose();
        return page;
    }

    private void draw(Cell cell, int x, int y, Graphics2D graphics) {
        graphics.drawImage(cell.image(), x, y, side, side, null);
        cell.frame().ifPresent(colour -> {
            graphics.setColor(colour);
            graphics.setStroke(new BasicStroke(FRAME));
            graphics.drawRect(x - FRAME + 1, y - FRAME + 1, side + 2 * FRAME - 2, side + 2 * FRAME - 2);
        });
        graphics.setColor(Color.DARK_GRAY);
        for (int line = 0; line < cell.captions().size(); line++) {
            graphics.drawString(fitting(cell.captions().get(line), graphics), x, y + side + (line + 1) * LINE);
        }
    }

    /** The end of a text tells more than its start: it may be a path. */
    private String fitting(String text, Graphics2D graphics) {
        String shown = text;
        for (int cut = 1; graphics.getFontMetrics().stringWidth(shown) > side && cut < text.length(); cut++) {
            shown = "\u2026" + text.substring(cut);
        }
        return shown;
    }
}
