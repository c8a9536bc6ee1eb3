package io.github.selfsup4j.tools.pretrain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that lies beside this class as a resource, with places {@code {{name}}} to fill. */
final class TextTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private TextTemplate() {}

    /**
     * The text with every place filled.
     *
     * @throws IllegalArgumentException if there is nothing for a place
     */
    static String fill(String resource, Map<String, ?> values) {
        return PLACE.matcher(text(resource)).replaceAll(place -> {
            Object value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException(resource + " asks for " + place.group(1));
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }

    private static String text(String resource) {
        try (InputStream in = TextTemplate.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
