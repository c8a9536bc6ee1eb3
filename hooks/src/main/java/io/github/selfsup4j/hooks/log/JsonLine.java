package io.github.selfsup4j.hooks.log;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.selfsup4j.io.disk.AppendedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object on a line of its own, spaced as Python's {@code json.dumps} does; what is not finite is {@code NaN} or
 * {@code Infinity}.
 */
final class JsonLine {
    private static final int DIGITS = 5;
    private static final Separators SPACING = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEntrySpacing(Separators.Spacing.AFTER);
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build()
            .writer(new DefaultPrettyPrinter(SPACING).withObjectIndenter(null));

    private final Map<String, Object> entries = new LinkedHashMap<>();

    /** Adds a text. */
    JsonLine put(String name, String value) {
        entries.put(name, value);
        return this;
    }

    /** Adds a whole number. */
    JsonLine put(String name, long value) {
        entries.put(name, value);
        return this;
    }

    /** Adds a number, rounded to five digits. */
    JsonLine put(String name, double value) {
        entries.put(name, Double.isFinite(value) ? plain(Numerals.rounded(value, DIGITS)) : (Object) value);
        return this;
    }

    /** Without zeros at the end, but for one behind the point. */
    private static BigDecimal plain(BigDecimal rounded) {
        BigDecimal stripped = rounded.stripTrailingZeros();
        return stripped.scale() < 1 ? stripped.setScale(1) : stripped;
    }

    /** Adds the line to a file. */
    void appendTo(AppendedFile file) {
        file.append(toString());
    }

    @Override
    public String toString() {
        try {
            return WRITER.writeValueAsString(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
