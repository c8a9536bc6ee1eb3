package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with {@code ${key.path}}, {@code ${env:NAME}} and {@code ${env:NAME:default}} in it; a second dollar sign
 * before the first makes it stand for itself.
 */
record Template(List<Part> parts) {
    private static final String ENVIRONMENT = "env:";

    /** A piece of the text. */
    sealed interface Part {}

    /** Letters as they are. */
    record Letters(String text) implements Part {}

    /** The value of a key. */
    record Key(String path) implements Part {}

    /** An environment variable. */
    record Variable(String name, Optional<String> fallback) implements Part {}

    /** Takes a text apart; empty if a reference is not closed. */
    static Optional<Template> parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder letters = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                letters.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    return Optional.empty();
                }
                flush(letters, parts);
                parts.add(reference(text.substring(at + 2, end).strip()));
                at = end + 1;
            } else {
                letters.append(text.charAt(at++));
            }
        }
        flush(letters, parts);
        return Optional.of(new Template(List.copyOf(parts)));
    }

    /** The reference that is the whole text, if it is one. */
    Optional<Part> whole() {
        return parts.size() == 1 && !(parts.get(0) instanceof Letters) ? Optional.of(parts.get(0)) : Optional.empty();
    }

    private static void flush(StringBuilder letters, List<Part> parts) {
        if (!letters.isEmpty()) {
            parts.add(new Letters(letters.toString()));
            letters.setLength(0);
        }
    }

    private static Part reference(String inside) {
        if (!inside.startsWith(ENVIRONMENT)) {
            return new Key(inside);
        }
        String[] parts = inside.substring(ENVIRONMENT.length()).split(":", 2);
        return new Variable(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }
}
