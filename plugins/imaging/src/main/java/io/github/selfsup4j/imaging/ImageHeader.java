package io.github.selfsup4j.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a picture file says about itself before anything is decoded. Files of formats that are not known here never
 * reach a decoder.
 *
 * @param format what the file is written in
 * @param height number of rows
 * @param width number of columns
 */
record ImageHeader(PictureFormat format, long height, long width) {
    private static final int JPEG = 0xffd8;
    private static final int PNG = 0x8950;
    private static final int GIF = 'G' << 8 | 'I';
    private static final int RIFF = 'R' << 8 | 'I';
    private static final int BMP = 'B' << 8 | 'M';
    private static final int TIFF_LITTLE_ENDIAN = 'I' << 8 | 'I';
    private static final int TIFF_BIG_ENDIAN = 'M' << 8 | 'M';
    private static final int PGM_TEXT = 'P' << 8 | '2';
    private static final int PPM_TEXT = 'P' << 8 | '3';
    private static final int PGM = 'P' << 8 | '5';
    private static final int PPM = 'P' << 8 | '6';
    private static final int LONGEST_PNM_HEADER = 4096;
    private static final int TIFF_VERSION = 42;
    private static final int TIFF_WIDTH = 256;
    private static final int TIFF_HEIGHT = 257;
    private static final int TIFF_SHORT = 3;

    /**
     * Reads the header of a file.
     *
     * @param bytes the whole file
     * @throws IOException if it is of no known format, cut off, or has no pixels
     */
    static ImageHeader of(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            throw new IOException("the file is empty");
        }
        try {
            ImageHeader header = read(bytes);
            if (header.height == 0 || header.width == 0) {
                throw new IOException("a picture of " + header.height + " x " + header.width + " pixels");
            }
            return header;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("the header is damaged or cut off", e);
        }
    }

    private static ImageHeader read(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int format = file.getShort(0) & 0xffff;
        return switch (format) {
            case JPEG -> JpegMarkers.header(file);
            case PNG -> new ImageHeader(PictureFormat.PNG, unsigned(file, 20), unsigned(file, 16));
            case GIF -> GifDecoder.header(bytes);
            case RIFF -> WebpHeader.of(file.order(ByteOrder.LITTLE_ENDIAN));
            case BMP -> bmp(file.order(ByteOrder.LITTLE_ENDIAN));
            case TIFF_LITTLE_ENDIAN -> tiff(file.order(ByteOrder.LITTLE_ENDIAN));
            case TIFF_BIG_ENDIAN -> tiff(file);
            case PGM_TEXT, PPM_TEXT, PGM, PPM -> pnm(bytes);
            default ->
                throw new IOException(String.format(
                        "it begins with 0x%04x: neither JPEG, PNG, GIF, BMP, TIFF, WebP, PPM nor PGM", format));
        };
    }

    private static long unsigned(ByteBuffer file, int at) {
        return file.getInt(at) & 0xffffffffL;
    }

    /** The height is negative if the rows go down. */
    private static ImageHeader bmp(ByteBuffer file) {
        boolean oldest = file.getInt(14) == 12;
        return oldest
                ? new ImageHeader(PictureFormat.BMP, file.getShort(20) & 0xffff, file.getShort(18) & 0xffff)
                : new ImageHeader(PictureFormat.BMP, Math.abs((long) file.getInt(22)), unsigned(file, 18));
    }

    private static ImageHeader tiff(ByteBuffer file) throws IOException {
        if (file.getShort(2) != TIFF_VERSION) {
            throw new IOException("a TIFF file of an unknown version");
        }
        int directory = file.getInt(4);
        int entries = file.getShort(directory) & 0xffff;
        long height = 0;
        long width = 0;
        for (int entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
            int tag = file.getShort(entry) & 0xffff;
            long value = file.getShort(entry + 2) == TIFF_SHORT
                    ? file.getShort(entry + 8) & 0xffff
                    : unsigned(file, entry + 8);
            height = tag == TIFF_HEIGHT ? value : height;
            width = tag == TIFF_WIDTH ? value : width;
        }
        return new ImageHeader(PictureFormat.TIFF, height, width);
    }

    /** Magic, width, height, separated by white space and comments. */
    private static ImageHeader pnm(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST_PNM_HEADER), StandardCharsets.ISO_8859_1);
        String[] words = text.replaceAll("#[^\n]*", " ").split("\\s+", 4);
        return new ImageHeader(PictureFormat.PNM, Long.parseLong(words[2]), Long.parseLong(words[1]));
    }
}
