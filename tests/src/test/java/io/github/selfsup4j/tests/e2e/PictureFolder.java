package io.github.selfsup4j.tests.e2e;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of drawn pictures of different sizes: discs, bars and boxes on coloured grounds. */
final class PictureFolder {
    private PictureFolder() {}

    /**
     * Draws pictures of the three kinds, each in a sub-folder of its own.
     *
     * @return the folder
     */
    static Path inClasses(Path folder, int ofEach) throws IOException {
        for (String kind : new String[] {"bars", "boxes", "discs"}) {
            Path sub = Files.createDirectories(folder.resolve(kind));
            for (int i = 0; i < ofEach; i++) {
                write(kind, i, sub.resolve(kind + " " + i + ".png"));
            }
        }
        return folder;
    }

    /**
     * Draws pictures without sub-folders.
     *
     * @return the folder
     */
    static Path flat(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            write(i % 2 == 0 ? "boxes" : "discs", i, folder.resolve(i + ".png"));
        }
        return folder;
    }

    private static void write(String kind, int number, Path file) throws IOException {
        Random random = new Random(31L * kind.hashCode() + number);
        BufferedImage picture =
                new BufferedImage(70 + random.nextInt(60), 70 + random.nextInt(60), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(150 + random.nextInt(100), 150 + random.nextInt(100), 150 + random.nextInt(100)));
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (int shape = 0; shape < 3; shape++) {
            graphics.setColor(new Color(random.nextInt(150), random.nextInt(150), random.nextInt(150)));
            int x = random.nextInt(60);
            int y = random.nextInt(60);
            switch (kind) {
                case "bars" -> graphics.fillRect(x, 0, 6, picture.getHeight());
                case "boxes" -> graphics.fillRect(x, y, 25, 25);
                default -> graphics.fillOval(x, y, 25, 25);
            }
        }
        graphics.dispose();
        ImageIO.write(picture, "png", file.toFile());
    }
}
