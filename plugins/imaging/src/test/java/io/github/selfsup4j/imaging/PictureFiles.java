package io.github.selfsup4j.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Makes picture files for tests. */
public final class PictureFiles {
    private PictureFiles() {}

    /**
     * A smooth colour picture.
     *
     * @param format for ImageIO: png, bmp, jpg, tiff
     */
    public static byte[] encode(int height, int width, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb(y, x));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IllegalArgumentException("ImageIO can't write " + format);
        }
        return out.toByteArray();
    }

    /** Red falls from left to right, green from top to bottom, blue is 40. */
    static int rgb(int y, int x) {
        return 0xff000000 | (250 - x) << 16 | (200 - y) << 8 | 40;
    }
}
