package io.github.selfsup4j.io.numpy;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.StridedView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One array in NumPy's .npy format, versions 1 to 3 (NumPy Enhancement Proposal 1). */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 0xffff;
    private static final int ALIGNMENT = 64;
    private static final int MOST_DIMENSIONS = 64;
    private static final Pattern ITEM = Pattern.compile(
            "\\G\\s*'(\\w+)'\\s*:\\s*('[^']*'|\"[^\"]*\"|True|False|\\([^()]*\\)|\\[.*\\])\\s*(?:,|(?=\\s*\\}))",
            Pattern.DOTALL);

    private final Path file;
    private final String where;
    private final MemoryBudget budget;

    /**
     * @param file the archive
     * @param where the entry in it, for messages
     */
    Npy(Path file, String where, MemoryBudget budget) {
        this.file = file;
        this.where = where;
        this.budget = budget;
    }

    private record Header(ElementType type, boolean fortranOrder, long[] shape) {}

    /** Reads an array from the whole content of a .npy file. */
    HostTensor read(ByteBuffer content) {
        Header header = parse(headerText(content));
        long needed = size(header);
        if (needed != content.remaining()) {
            throw bad(
                    content.remaining() + " bytes of data",
                    needed + " for " + header.type() + Arrays.toString(header.shape()));
        }
        if (header.fortranOrder() && header.shape().length > 1) {
            budget.take(needed, "an array in Fortran order");
            return new StridedView(header.type(), 0, header.shape(), StridedView.fortranStrides(header.shape()))
                    .copy(content);
        }
        return HostTensor.wrap(header.type(), header.shape(), content);
    }

    /** The .npy header of a tensor; its bytes follow in C order. */
    static ByteBuffer header(HostTensor tensor) {
        return header(tensor.type().numpyDescr().orElseThrow(), tensor.shape());
    }

    /**
     * A .npy header.
     *
     * @param descr NumPy's type description
     */
    static ByteBuffer header(String descr, long... shape) {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sizes
                + (shape.length == 1 ? ",), }" : "), }");
        int start = MAGIC.length + 4;
        int padded = (start + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String line = text + " ".repeat(padded - start - text.length() - 1) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) line.length())
                .put(line.getBytes(StandardCharsets.US_ASCII))
                .rewind();
    }

    private String headerText(ByteBuffer content) {
        if (content.remaining() < MAGIC.length + 4
                || !content.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw bad("no .npy header", "an array saved by numpy.savez");
        }
        int version = content.get(MAGIC.length);
        content.position(MAGIC.length + 2);
        if (version < 1 || version > 3 || (version > 1 && content.remaining() < 4)) {
            throw bad("a .npy header of version " + version, "version 1, 2 or 3");
        }
        long length = version == 1 ? Short.toUnsignedInt(content.getShort()) : Integer.toUnsignedLong(content.getInt());
        if (length > Math.min(LONGEST_HEADER, content.remaining())) {
            throw bad("a .npy header of " + length + " bytes", "at most " + LONGEST_HEADER + ", inside the entry");
        }
        byte[] text = new byte[(int) length];
        content.get(text);
        return new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1).strip();
    }

    /** The header is a Python dictionary of three literals. */
    private Header parse(String text) {
        Map<String, String> items = new HashMap<>();
        Matcher item = ITEM.matcher(text);
        int end = text.startsWith("{") ? 1 : text.length();
        item.region(end, text.length());
        while (item.find()) {
            items.put(item.group(1), item.group(2));
            end = item.end();
        }
        if (items.size() != 3
                || !items.keySet()
                        .equals(Map.of("descr", 0, "fortran_order", 0, "shape", 0)
                                .keySet())
                || !text.substring(end).strip().equals("}")) {
            throw bad("the header " + shorten(text), "{'descr': ..., 'fortran_order': ..., 'shape': ...}");
        }
        return new Header(type(items.get("descr")), flag(items.get("fortran_order")), shape(items.get("shape")));
    }

    private ElementType type(String descr) {
        Optional<ElementType> type = ElementType.ofNumpyDescr(descr.substring(1, descr.length() - 1));
        return type.orElseThrow(() -> bad(
                "elements of type " + shorten(descr),
                "one of "
                        + Arrays.stream(ElementType.values())
                                .flatMap(known -> known.numpyDescr().stream())
                                .collect(Collectors.joining(" "))));
    }

    private boolean flag(String value) {
        if (!value.equals("True") && !value.equals("False")) {
            throw bad("fortran_order " + shorten(value), "True or False");
        }
        return value.equals("True");
    }

    private long[] shape(String tuple) {
        String inner = tuple.substring(1, tuple.length() - 1).strip();
        String[] parts = inner.isEmpty() ? new String[0] : inner.split(",");
        if (!tuple.startsWith("(") || parts.length > MOST_DIMENSIONS) {
            throw bad("the shape " + shorten(tuple), "a tuple of at most " + MOST_DIMENSIONS + " sizes");
        }
        try {
            long[] shape = Arrays.stream(parts)
                    .mapToLong(part -> Long.parseLong(part.strip()))
                    .toArray();
            HostTensor.elementCount(shape);
            return shape;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bad("the shape " + shorten(tuple), "sizes whose product is a number of elements");
        }
    }

    private long size(Header header) {
        long elements = HostTensor.elementCount(header.shape());
        return elements > Long.MAX_VALUE / 8
                ? Long.MAX_VALUE
                : elements * header.type().byteSize();
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file, "in '" + where + "' " + found, expected);
    }

    private static String shorten(String text) {
        return text.length() <= 100 ? text : text.substring(0, 97) + "...";
    }
}
