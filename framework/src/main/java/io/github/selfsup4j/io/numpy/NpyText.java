package io.github.selfsup4j.io.numpy;

import io.github.selfsup4j.io.disk.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One array of texts in NumPy's .npy format: {@code <U8} is texts of at most eight characters, four bytes each. */
final class NpyText {
    private static final int BYTES = 4;
    private static final Pattern HEADER = Pattern.compile(
            "'descr':\\s*'<U(\\d{1,7})',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*\\((\\d{1,9}),\\)");
    private static final int PREFIX = 10;

    private NpyText() {}

    /** Header and content. */
    static ByteBuffer[] write(List<String> texts) {
        int longest = Math.max(
                1,
                texts.stream()
                        .mapToInt(text -> text.codePointCount(0, text.length()))
                        .max()
                        .orElse(1));
        ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(texts.size(), BYTES * longest))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < texts.size(); i++) {
            content.position(i * BYTES * longest);
            texts.get(i).codePoints().forEach(content::putInt);
        }
        return new ByteBuffer[] {Npy.header("<U" + longest, texts.size()), content.rewind()};
    }

    /** The texts of a .npy file; empty if it is no array of texts. */
    static Optional<List<String>> read(Path file, String where, ByteBuffer npy) {
        ByteBuffer content = npy.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] start = new byte[Math.min(content.remaining(), 256)];
        content.duplicate().get(start);
        Matcher header = HEADER.matcher(new String(start, StandardCharsets.ISO_8859_1));
        if (!header.find() || start[6] != 1) {
            return Optional.empty();
        }
        int longest = Integer.parseInt(header.group(1));
        int count = Integer.parseInt(header.group(2));
        content.position(
                content.position() + PREFIX + Short.toUnsignedInt(content.getShort(content.position() + PREFIX - 2)));
        if (content.remaining() != (long) count * longest * BYTES) {
            throw new FormatException(
                    file,
                    "in '" + where + "' " + content.remaining() + " bytes of text",
                    (long) count * longest * BYTES + " for " + count + " texts");
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(file, where, content, longest));
        }
        return Optional.of(texts);
    }

    private static String text(Path file, String where, ByteBuffer content, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < longest; i++) {
            int character = content.getInt();
            if (!Character.isValidCodePoint(character)) {
                throw new FormatException(file, "in '" + where + "' the character " + character, "one of Unicode");
            }
            if (character != 0) {
                text.appendCodePoint(character);
            }
        }
        return text.toString();
    }
}
