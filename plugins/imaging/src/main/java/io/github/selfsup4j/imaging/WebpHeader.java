package io.github.selfsup4j.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the size of a WebP file from its first chunk (RFC 9649). */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int BODY = FIRST_CHUNK + 8;
    private static final int ANIMATED = 2;
    private static final int MASK = 0x3fff;

    private WebpHeader() {}

    /**
     * The size.
     *
     * @param file little-endian
     * @throws IOException if it is damaged, or animated
     * @throws IndexOutOfBoundsException if it is cut off
     */
    static ImageHeader of(ByteBuffer file) throws IOException {
        if (!text(file, 8).equals("WEBP")) {
            throw new IOException("a RIFF file, but no WebP picture");
        }
        return switch (text(file, FIRST_CHUNK)) {
            case "VP8 " -> size(file.getShort(BODY + 8) & MASK, file.getShort(BODY + 6) & MASK);
            case "VP8L" -> size((file.getInt(BODY + 1) >> 14 & MASK) + 1, (file.getInt(BODY + 1) & MASK) + 1);
            case "VP8X" -> extended(file);
            default -> throw new IOException("a WebP file with a damaged header");
        };
    }

    private static ImageHeader extended(ByteBuffer file) throws IOException {
        if ((file.get(BODY) & ANIMATED) != 0) {
            throw new IOException("an animated WebP file, which can't be decoded");
        }
        return size((file.getInt(BODY + 7) >>> 8 & 0xffffff) + 1, (file.getInt(BODY + 4) & 0xffffff) + 1);
    }

    private static String text(ByteBuffer file, int at) {
        return StandardCharsets.ISO_8859_1.decode(file.slice(at, 4)).toString();
    }

    private static ImageHeader size(int height, int width) {
        return new ImageHeader(PictureFormat.WEBP, height, width);
    }
}
