package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decodes the first picture of a GIF file as Pillow does: on a screen of the transparent colour or, without one, of
 * colour 0; transparency itself is left out.
 */
final class GifDecoder {
    private static final int SCREEN = 13;
    private static final int IMAGE = ',';
    private static final int EXTENSION = '!';
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int DESCRIPTOR = 10;
    private static final int[][] ALL_ROWS = {{0, 1}};
    /** First rows and steps of an interlaced picture. */
    private static final int[][] INTERLACED_ROWS = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final ByteBuffer file;
    private int transparent;
    /** Start of the first picture's descriptor. */
    private int image;

    private GifDecoder(byte[] bytes) throws IOException {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        findImage();
    }

    /**
     * Size of the screen, widened if the first picture reaches beyond it.
     *
     * @throws IndexOutOfBoundsException if the file is cut off
     */
    static ImageHeader header(byte[] bytes) throws IOException {
        GifDecoder decoder = new GifDecoder(bytes);
        return new ImageHeader(
                PictureFormat.GIF,
                Math.max(decoder.number(8), decoder.number(decoder.image + 3) + decoder.number(decoder.image + 7)),
                Math.max(decoder.number(6), decoder.number(decoder.image + 1) + decoder.number(decoder.image + 5)));
    }

    /**
     * Decodes a file whose size, {@code header}, was found acceptable.
     *
     * @throws IOException if it is damaged or cut off
     */
    static Image8 decode(byte[] bytes, ImageHeader header) throws IOException {
        try {
            return new GifDecoder(bytes).decode((int) header.height(), (int) header.width());
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a GIF file that is cut off or damaged", e);
        }
    }

    private int number(int at) {
        return file.getShort(at) & 0xffff;
    }

    private int octet(int at) {
        return file.get(at) & 0xff;
    }

    private static int colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    }

    private void findImage() throws IOException {
        int at = SCREEN + 3 * colours(octet(10));
        for (; octet(at) != IMAGE; at = afterBlocks(at + 2)) {
            if (octet(at) != EXTENSION) {
                throw new IOException("a GIF file without a picture");
            }
            if (octet(at + 1) == GRAPHIC_CONTROL && (octet(at + 3) & 1) != 0) {
                transparent = octet(at + 6);
            }
        }
        image = at;
    }

    private int afterBlocks(int at) {
        int next = at;
        while (octet(next) != 0) {
            next += 1 + octet(next);
        }
        return next + 1;
    }

    private Image8 decode(int height, int width) throws IOException {
        int flags = octet(image + 9);
        int local = 3 * colours(flags);
        int global = 3 * colours(octet(10));
        int[] palette = local > 0 ? palette(image + DESCRIPTOR, local) : palette(SCREEN, global);
        byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
        for (int pixel = 0; pixel < height * width; pixel++) {
            put(palette[transparent], to, pixel);
        }
        int columns = number(image + 5);
        int rows = number(image + 7);
        byte[] indices = new GifStream(file, image + DESCRIPTOR + local).read(Math.multiplyExact(rows, columns));
        int from = 0;
        for (int[] pass : (flags & 0x40) != 0 ? INTERLACED_ROWS : ALL_ROWS) {
            for (int y = pass[0]; y < rows; y += pass[1]) {
                int first = (number(image + 3) + y) * width + number(image + 1);
                for (int x = 0; x < columns; x++) {
                    put(palette[indices[from++] & 0xff], to, first + x);
                }
            }
        }
        return new Image8(height, width, 3, to);
    }

    /** Colours beyond the file's are shades of grey, as with Pillow. */
    private int[] palette(int at, int length) {
        int[] palette = new int[256];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = 3 * i < length
                    ? octet(at + 3 * i) << 16 | octet(at + 3 * i + 1) << 8 | octet(at + 3 * i + 2)
                    : i * 0x010101;
        }
        return palette;
    }

    private static void put(int rgb, byte[] to, int pixel) {
        to[3 * pixel] = (byte) (rgb >> 16);
        to[3 * pixel + 1] = (byte) (rgb >> 8);
        to[3 * pixel + 2] = (byte) rgb;
    }
}
