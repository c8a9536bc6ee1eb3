package io.github.selfsup4j.imaging.jpeg;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.imaging.Box;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes a part of a picture. Every coefficient above its last row has to be read, but only blocks that it needs are
 * transformed.
 */
public final class JpegDecoder {
    private static final int BLOCK = 8;
    /** Samples of all components, in whole blocks, are in one array. */
    private static final long MOST_PIXELS = 1L << 28;

    private final JpegHeader header;
    private final Box box;
    private final List<JpegComponent> components;
    private final int unitHeight;
    private final int unitWidth;
    /** Units of blocks that are needed: first row, row after the last one, and columns. */
    private final int top;

    private final int bottom;
    private final int left;
    private final int right;
    private final Plane[] planes;
    private final byte[] samples;

    private JpegDecoder(JpegHeader header, Box box) {
        this.header = header;
        this.box = box;
        components = header.components();
        int across = components.get(0).across();
        int down = components.get(0).down();
        unitHeight = BLOCK * down;
        unitWidth = BLOCK * across;
        // Coarse samples need a neighbour.
        int marginDown = down == 1 ? 0 : 2;
        int marginAcross = across == 1 ? 0 : 2;
        top = Math.max(0, box.top() - marginDown) / unitHeight;
        bottom = (Math.min(header.height(), box.top() + box.height() + marginDown) - 1) / unitHeight + 1;
        left = Math.max(0, box.left() - marginAcross) / unitWidth;
        right = (Math.min(header.width(), box.left() + box.width() + marginAcross) - 1) / unitWidth + 1;
        planes = planes();
        samples = new byte[planes[planes.length - 1].end()];
    }

    private Plane[] planes() {
        Plane[] all = new Plane[components.size()];
        for (int i = 0; i < all.length; i++) {
            int height = BLOCK * components.get(i).down();
            int width = BLOCK * components.get(i).across();
            int start = i == 0 ? 0 : all[i - 1].end();
            all[i] = new Plane(top * height, left * width, (bottom - top) * height, (right - left) * width, start);
        }
        return all;
    }

    /**
     * Decodes a part of a file.
     *
     * @param box within the picture
     * @return as many channels as the file has components, 1 or 3; empty if it is damaged, of a variant that cameras
     *     and data sets hardly use, or the part is huge
     */
    public static Optional<Image8> decode(byte[] file, Box box) {
        if ((long) box.height() * box.width() > MOST_PIXELS) {
            return Optional.empty();
        }
        try {
            JpegHeader header = JpegHeaderReader.read(file);
            JpegDecoder decoder = new JpegDecoder(header, box);
            decoder.readPlanes(new EntropyDecoder(file, header.scan()));
            return Optional.of(decoder.image());
        } catch (UnusualJpegException forAnotherDecoder) {
            return Optional.empty();
        }
    }

    private void readPlanes(EntropyDecoder scan) throws UnusualJpegException {
        BlockQueue queue = new BlockQueue(samples);
        int[] before = new int[planes.length];
        int columns = (header.width() + unitWidth - 1) / unitWidth;
        int untilRestart = header.restartInterval() == 0 ? Integer.MAX_VALUE : header.restartInterval();
        for (int row = 0; row < bottom; row++) {
            for (int column = 0; column < columns; column++) {
                if (untilRestart == 0) {
                    scan.restart();
                    Arrays.fill(before, 0);
                    untilRestart = header.restartInterval();
                }
                untilRestart--;
                boolean needed = row >= top && column >= left && column < right;
                for (int i = 0; i < planes.length; i++) {
                    before[i] = needed
                            ? readUnit(scan, queue, i, row, column, before[i])
                            : skipUnit(scan, components.get(i), before[i]);
                }
            }
        }
        scan.requireEnough();
        queue.flush();
    }

    private int readUnit(EntropyDecoder scan, BlockQueue queue, int index, int row, int column, int before)
            throws UnusualJpegException {
        JpegComponent component = components.get(index);
        Plane plane = planes[index];
        int last = before;
        for (int y = 0; y < component.down(); y++) {
            for (int x = 0; x < component.across(); x++) {
                last = scan.read(
                        component.dc(),
                        component.ac(),
                        component.quantization(),
                        queue.coefficients(),
                        queue.next(),
                        last);
                queue.add(
                        plane.offset(BLOCK * (row * component.down() + y), BLOCK * (column * component.across() + x)),
                        plane.width());
            }
        }
        return last;
    }

    private static int skipUnit(EntropyDecoder scan, JpegComponent component, int before) throws UnusualJpegException {
        int last = before;
        for (int i = 0; i < component.down() * component.across(); i++) {
            last = scan.skip(component.dc(), component.ac(), last);
        }
        return last;
    }

    private Image8 image() {
        Upsampling[] lines = new Upsampling[planes.length];
        int[][] values = new int[planes.length][box.width()];
        for (int i = 0; i < lines.length; i++) {
            int across = components.get(0).across() / components.get(i).across();
            int down = components.get(0).down() / components.get(i).down();
            lines[i] = new Upsampling(samples, planes[i], across, down, header, box.left(), box.width());
        }
        Colours colours = new Colours(box.width());
        int rowSize = box.width() * planes.length;
        byte[] pixels = new byte[box.height() * rowSize];
        for (int row = 0; row < box.height(); row++) {
            for (int i = 0; i < lines.length; i++) {
                lines[i].line(box.top() + row, values[i]);
            }
            if (planes.length == 1) {
                for (int i = 0; i < rowSize; i++) {
                    pixels[row * rowSize + i] = (byte) values[0][i];
                }
            } else {
                colours.line(values[0], values[1], values[2], pixels, row * rowSize);
            }
        }
        return new Image8(box.height(), box.width(), planes.length, pixels);
    }
}
