package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes PNG files (ISO/IEC 15948) as Pillow's {@code Image.open(file).convert("RGB")} does: transparency is left out;
 * of 16 bits the upper 8 count, but grey of 16 bits is cut at 255; of an animation the default picture is taken. As
 * there, a chunk before the pixels must have the right checksum; of the pixels only the one within the compressed
 * stream counts, and whatever follows them does not matter.
 */
final class PngDecoder {
    private static final int SIGNATURE = 8;
    /** Length, type and checksum of a chunk. */
    private static final int FRAME = 12;

    private static final int HEADER = type("IHDR");
    private static final int PALETTE = type("PLTE");
    private static final int PIXELS = type("IDAT");
    private static final int END = type("IEND");
    private static final int[] SAMPLES_OF_COLOUR_TYPES = {1, 0, 3, 1, 2, 0, 4};
    private static final int INDEXED = 3;
    /** Where the passes of Adam7 start, and their steps: x, y, dx, dy. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final ByteBuffer file;
    private int height;
    private int width;
    private int depth;
    private int colourType;
    private boolean interlaced;
    /** Red, green, blue of the indices; shorter than 256 if the file says so. */
    private byte[] palette = new byte[0];
    /** Start of the pixels' first chunk. */
    private int pixels;

    private PngDecoder(byte[] bytes) {
        file = ByteBuffer.wrap(bytes);
    }

    private static int type(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    /**
     * Decodes the bytes of a file whose size was found acceptable.
     *
     * @return with three channels, or one if the file is grey
     * @throws IOException if it is damaged or cut off
     */
    static Image8 decode(byte[] bytes) throws IOException {
        try {
            PngDecoder decoder = new PngDecoder(bytes);
            decoder.readChunks();
            return decoder.readPixels();
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a PNG file that is cut off", e);
        }
    }

    private void readChunks() throws IOException {
        int at = SIGNATURE;
        for (; file.getInt(at + 4) != PIXELS; at += FRAME + length(at)) {
            requireChecksum(at);
            int type = file.getInt(at + 4);
            if (type == HEADER) {
                readHeader(at + 8);
            } else if (type == PALETTE) {
                palette = Arrays.copyOfRange(file.array(), at + 8, at + 8 + length(at));
            } else if (type == END) {
                throw new IOException("a PNG file without pixels");
            }
        }
        pixels = at;
        if (depth == 0) {
            throw new IOException("a PNG file without header");
        }
    }

    private int length(int chunk) throws IOException {
        int length = file.getInt(chunk);
        if (length < 0) {
            throw new IOException("a PNG file with a damaged chunk");
        }
        return Math.min(length, file.limit());
    }

    private void requireChecksum(int chunk) throws IOException {
        int end = chunk + 8 + length(chunk);
        int expected = file.getInt(end);
        CRC32 checksum = new CRC32();
        checksum.update(file.array(), chunk + 4, end - chunk - 4);
        if ((int) checksum.getValue() != expected) {
            throw new IOException("a PNG file with a wrong checksum (CRC) in its header");
        }
    }

    private void readHeader(int at) throws IOException {
        width = file.getInt(at);
        height = file.getInt(at + 4);
        depth = file.get(at + 8);
        colourType = file.get(at + 9);
        interlaced = file.get(at + 12) != 0;
        boolean known = colourType >= 0
                && colourType < SAMPLES_OF_COLOUR_TYPES.length
                && SAMPLES_OF_COLOUR_TYPES[colourType] > 0;
        boolean fine = depth == 8
                || (depth == 16 && colourType != INDEXED)
                || ((depth == 1 || depth == 2 || depth == 4) && colourType % INDEXED == 0);
        if (!known || !fine || width <= 0 || height <= 0) {
            throw new IOException(
                    "a PNG file of an unknown variant (colour type " + colourType + ", " + depth + " bits)");
        }
    }

    private Image8 readPixels() throws IOException {
        PngColours colours = new PngColours(colourType, depth, palette);
        byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(height, width), colours.channels())];
        int bits = SAMPLES_OF_COLOUR_TYPES[colourType] * depth;
        Inflater inflater = new Inflater();
        try {
            for (int[] pass : interlaced ? PASSES : ONE_PASS) {
                int columns = (width - pass[0] + pass[2] - 1) / pass[2];
                int rows = columns <= 0 ? 0 : (height - pass[1] + pass[3] - 1) / pass[3];
                PngRow row = new PngRow((int) (((long) columns * bits + 7) / 8), Math.max(1, bits / 8));
                for (int y = 0; y < rows; y++) {
                    inflate(inflater, row.next());
                    colours.put(row.unfiltered(), columns, to, (pass[1] + y * pass[3]) * width + pass[0], pass[2]);
                }
            }
            requireEnd(inflater);
        } catch (DataFormatException e) {
            throw new IOException("a PNG file with damaged pixels", e);
        } finally {
            inflater.end();
        }
        return new Image8(height, width, colours.channels(), to);
    }

    private void inflate(Inflater inflater, byte[] into) throws DataFormatException, IOException {
        for (int done = 0; done < into.length; ) {
            int more = inflater.inflate(into, done, into.length - done);
            done += more;
            if (more == 0 && (inflater.finished() || inflater.needsDictionary() || !feed(inflater))) {
                throw new IOException("a PNG file that is cut off");
            }
        }
    }

    /**
     * Hands on the next chunk of pixels.
     *
     * @return false if there is none
     */
    private boolean feed(Inflater inflater) throws IOException {
        if (!inflater.needsInput() || pixels + 8 > file.limit() || file.getInt(pixels + 4) != PIXELS) {
            return false;
        }
        int length = length(pixels);
        inflater.setInput(file.array(), pixels + 8, Math.min(length, file.limit() - pixels - 8));
        pixels += FRAME + length;
        return true;
    }

    /** The stream must be whole, or have more to give than the picture needs. */
    private void requireEnd(Inflater inflater) throws DataFormatException, IOException {
        byte[] more = new byte[1];
        while (!inflater.finished() && inflater.inflate(more) == 0) {
            if (!feed(inflater) && !inflater.finished()) {
                throw new IOException("a PNG file that is cut off");
            }
        }
    }
}
