package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG files of cyan, magenta, yellow and black, or their YCCK form, as Pillow does: they are taken to be
 * inverted, as Adobe's programs write them, and turned to RGB without a colour profile.
 */
final class CmykJpeg {
    private static final int YCCK = 2;
    private static final int CHANNELS = 4;

    private CmykJpeg() {}

    /**
     * Decodes a file.
     *
     * @throws IOException if it is damaged
     */
    static Image8 decode(byte[] bytes) throws IOException {
        Raster raster = read(bytes);
        if (raster.getNumBands() != CHANNELS) {
            throw new IOException("a JPEG file whose headers contradict each other");
        }
        boolean ycck = JpegMarkers.adobeTransform(ByteBuffer.wrap(bytes)) == YCCK;
        int width = raster.getWidth();
        byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(raster.getHeight(), width), 3)];
        int[] row = new int[CHANNELS * width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                if (ycck) {
                    toCmyk(row, CHANNELS * x);
                }
                toRgb(row, CHANNELS * x, to, 3 * (y * width + x));
            }
        }
        return new Image8(raster.getHeight(), width, 3, to);
    }

    /** The samples as they are in the file: the reader's own idea of these colours is another. */
    private static Raster read(byte[] bytes) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            return reader.readRaster(0, null);
        } catch (RuntimeException e) {
            throw new IOException("a damaged JPEG file: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    /** In libjpeg's fixed point. */
    private static void toCmyk(int[] row, int at) {
        int y = row[at];
        int cb = row[at + 1] - 128;
        int cr = row[at + 2] - 128;
        row[at] = 255 - clip(y + ((fixed(1.40200) * cr + 0x8000) >> 16));
        row[at + 1] = 255 - clip(y + ((-fixed(0.34414) * cb - fixed(0.71414) * cr + 0x8000) >> 16));
        row[at + 2] = 255 - clip(y + ((fixed(1.77200) * cb + 0x8000) >> 16));
    }

    private static int fixed(double value) {
        return (int) (value * 65536 + 0.5);
    }

    /** In Pillow's arithmetic, for inverted inks. */
    private static void toRgb(int[] row, int at, byte[] to, int place) {
        int white = row[at + 3];
        for (int ink = 0; ink < 3; ink++) {
            int product = (255 - row[at + ink]) * white + 128;
            to[place + ink] = (byte) clip(white - (((product >> 8) + product) >> 8));
        }
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
