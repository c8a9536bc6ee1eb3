package io.github.selfsup4j.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Walks over the marker segments of a JPEG file (ITU-T T.81, annex B). */
final class JpegMarkers {
    private static final int FILL = 0xffff;
    private static final int FIRST_FRAME = 0xffc0;
    private static final int LAST_FRAME = 0xffcf;
    /** Huffman tables, extensions and arithmetic conditioning: among the frame markers, but none. */
    private static final Set<Integer> NO_FRAMES = Set.of(0xffc4, 0xffc8, 0xffcc);

    private static final int SCAN = 0xffda;
    private static final short END = (short) 0xffd9;
    private static final int CMYK_CHANNELS = 4;
    private static final int ADOBE = 0xffee;
    private static final String ADOBE_NAME = "Adobe";

    private JpegMarkers() {}

    /**
     * The size, from the frame header.
     *
     * @throws IOException if the file is damaged, or ends before its last scan does
     * @throws IndexOutOfBoundsException if it ends within the header
     */
    static ImageHeader header(ByteBuffer file) throws IOException {
        ImageHeader header = null;
        int at = 2;
        for (int marker = marker(file, at); marker != SCAN; marker = marker(file, at)) {
            if (marker == FILL) {
                at++;
                continue;
            }
            if (marker >= FIRST_FRAME && marker <= LAST_FRAME && !NO_FRAMES.contains(marker)) {
                PictureFormat format = file.get(at + 9) == CMYK_CHANNELS ? PictureFormat.CMYK_JPEG : PictureFormat.JPEG;
                header = new ImageHeader(format, file.getShort(at + 5) & 0xffff, file.getShort(at + 7) & 0xffff);
            }
            at += 2 + (file.getShort(at + 2) & 0xffff);
        }
        if (header == null) {
            throw new IOException("a JPEG file without frame header");
        }
        requireEnd(file, at);
        return header;
    }

    /**
     * How Adobe's programs noted that colours were changed: 0 not at all, 1 to YCbCr, 2 to YCCK; -1 if nothing is
     * noted.
     */
    static int adobeTransform(ByteBuffer file) throws IOException {
        for (int at = 2;
                marker(file, at) != SCAN;
                at += marker(file, at) == FILL ? 1 : 2 + (file.getShort(at + 2) & 0xffff)) {
            if (marker(file, at) == ADOBE && ADOBE_NAME.equals(text(file, at + 4, ADOBE_NAME.length()))) {
                return file.get(at + 15);
            }
        }
        return -1;
    }

    private static int marker(ByteBuffer file, int at) throws IOException {
        int marker = file.getShort(at) & 0xffff;
        if (marker <= 0xff00) {
            throw new IOException("a JPEG file with a damaged header");
        }
        return marker;
    }

    /** Decoders fill what is missing with grey and report nothing; within a scan these two bytes mean nothing else. */
    private static void requireEnd(ByteBuffer file, int scan) throws IOException {
        for (int at = file.limit() - 2; at > scan; at--) {
            if (file.getShort(at) == END) {
                return;
            }
        }
        throw new IOException("a JPEG file that is cut off");
    }

    private static String text(ByteBuffer file, int at, int length) {
        return StandardCharsets.ISO_8859_1.decode(file.slice(at, length)).toString();
    }
}
