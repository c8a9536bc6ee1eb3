package io.github.selfsup4j.imaging.jpeg;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the marker segments up to the scan (T.81, annex B). */
final class JpegHeaderReader {
    private static final int START = 0xffd8;
    private static final int SEQUENTIAL = 0xffc0;
    private static final int SEQUENTIAL_EXTENDED = 0xffc1;
    private static final int HUFFMAN_TABLES = 0xffc4;
    private static final int SCAN = 0xffda;
    private static final int QUANTIZATION_TABLES = 0xffdb;
    private static final int RESTART_INTERVAL = 0xffdd;
    private static final int FIRST_APPLICATION = 0xffe0;
    private static final int ADOBE = 0xffee;
    private static final int ADOBE_TRANSFORM = 11;
    private static final int LAST_APPLICATION = 0xffef;
    private static final int COMMENT = 0xfffe;
    private static final int TABLES = 4;
    private static final int COEFFICIENTS = 64;

    private record Frame(int height, int width, List<int[]> components) {}

    private final ByteBuffer file;
    private final int[][] quantization = new int[TABLES][];
    private final HuffmanTable[] dc = new HuffmanTable[TABLES];
    private final HuffmanTable[] ac = new HuffmanTable[TABLES];
    private Frame frame;
    private int restartInterval;

    private JpegHeaderReader(ByteBuffer file) {
        this.file = file;
    }

    /** @throws UnusualJpegException if it is damaged, or of a variant not known here */
    static JpegHeader read(byte[] file) throws UnusualJpegException {
        try {
            return new JpegHeaderReader(ByteBuffer.wrap(file)).read();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UnusualJpegException("the header is damaged");
        }
    }

    private JpegHeader read() throws UnusualJpegException {
        require(unsigned16() == START, "not a JPEG file");
        for (int marker = unsigned16(); marker != SCAN; marker = unsigned16()) {
            ByteBuffer segment = segment();
            if (marker == SEQUENTIAL || marker == SEQUENTIAL_EXTENDED) {
                require(frame == null, "two frames");
                frame = frame(segment);
            } else if (marker == HUFFMAN_TABLES) {
                readHuffmanTables(segment);
            } else if (marker == QUANTIZATION_TABLES) {
                readQuantizationTables(segment);
            } else if (marker == RESTART_INTERVAL) {
                restartInterval = segment.getShort() & 0xffff;
            } else if (marker == ADOBE) {
                require(segment.get(ADOBE_TRANSFORM) == 1, "Adobe's other colours");
            } else {
                require(
                        marker == COMMENT || (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION),
                        "another kind of frame");
            }
        }
        ByteBuffer scan = segment();
        return new JpegHeader(frame.height, frame.width, components(scan), restartInterval, file.position());
    }

    private int unsigned16() {
        return file.getShort() & 0xffff;
    }

    private ByteBuffer segment() {
        int size = unsigned16() - 2;
        ByteBuffer segment = file.slice(file.position(), size);
        file.position(file.position() + size);
        return segment;
    }

    /** Components as [identifier, across, down, table]. */
    private static Frame frame(ByteBuffer segment) throws UnusualJpegException {
        require(segment.get() == 8, "not 8 bits");
        int height = segment.getShort() & 0xffff;
        int width = segment.getShort() & 0xffff;
        require(height > 0 && width > 0, "no size");
        int count = segment.get();
        require(count == 1 || count == 3, "neither grey nor three colours");
        List<int[]> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int identifier = segment.get() & 0xff;
            int factors = segment.get() & 0xff;
            components.add(new int[] {identifier, factors >> 4, factors & 15, segment.get()});
        }
        return new Frame(height, width, components);
    }

    private void readQuantizationTables(ByteBuffer segment) {
        while (segment.hasRemaining()) {
            int kind = segment.get();
            int[] table = new int[COEFFICIENTS];
            for (int i = 0; i < table.length; i++) {
                table[i] = kind >> 4 == 0 ? segment.get() & 0xff : segment.getShort() & 0xffff;
            }
            quantization[kind & 15] = table;
        }
    }

    private void readHuffmanTables(ByteBuffer segment) throws UnusualJpegException {
        while (segment.hasRemaining()) {
            int kind = segment.get();
            int[] counts = new int[16];
            int symbolCount = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = segment.get() & 0xff;
                symbolCount += counts[i];
            }
            int[] symbols = new int[symbolCount];
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = segment.get() & 0xff;
            }
            boolean first = kind >> 4 == 0;
            (first ? dc : ac)[kind & 15] = new HuffmanTable(counts, symbols, first);
        }
    }

    private List<JpegComponent> components(ByteBuffer scan) throws UnusualJpegException {
        require(frame != null, "no frame");
        int count = frame.components.size();
        require(scan.get() == count, "more than one scan");
        List<JpegComponent> components = new ArrayList<>();
        for (int[] component : frame.components) {
            require((scan.get() & 0xff) == component[0], "components in another order");
            int tables = scan.get();
            boolean alone = count == 1; // then factors mean nothing
            components.add(new JpegComponent(
                    alone ? 1 : component[1],
                    alone ? 1 : component[2],
                    quantization[component[3]],
                    dc[tables >> 4],
                    ac[tables & 15]));
        }
        require(scan.get() == 0 && scan.get() == COEFFICIENTS - 1 && scan.get() == 0, "a progressive scan");
        requireKnown(components);
        return components;
    }

    /** Brightness may be twice as fine as colour, across or both ways. */
    private void requireKnown(List<JpegComponent> components) throws UnusualJpegException {
        for (JpegComponent component : components) {
            require(
                    component.quantization() != null && component.dc() != null && component.ac() != null,
                    "a table is missing");
        }
        JpegComponent brightness = components.get(0);
        require(brightness.across() <= 2 && brightness.down() <= brightness.across(), "unusual sampling");
        require(brightness.across() == 1 || frame.width > 4, "too narrow for smooth colours");
        require(frame.components.get(0)[0] <= 1, "unusual colours");
        for (int i = 1; i < components.size(); i++) {
            require(components.get(i).across() == 1 && components.get(i).down() == 1, "unusual sampling");
            require(frame.components.get(i)[0] == frame.components.get(0)[0] + i, "unusual colours");
        }
    }

    private static void require(boolean condition, String otherwise) throws UnusualJpegException {
        if (!condition) {
            throw new UnusualJpegException(otherwise);
        }
    }
}
