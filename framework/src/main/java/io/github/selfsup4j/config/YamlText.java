package io.github.selfsup4j.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a tree as YAML: a line for each value, lists of single values on one line, quotes only where they are needed.
 */
final class YamlText {
    private static final int WIDTH = 100;
    /** Control, format, separator and unassigned characters: valid in JSON, not in YAML. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Zl}\\p{Zp}]");

    private final boolean explain;
    private final StringBuilder text = new StringBuilder();

    YamlText(boolean explain) {
        this.explain = explain;
    }

    String write(MapNode root) {
        if (root.keys().isEmpty()) {
            return "{}\n";
        }
        entries(root, "", "");
        return text.toString();
    }

    /** Entries of a map, the first after what stands in its line already. */
    private void entries(MapNode map, String first, String indent) {
        String start = first;
        for (String key : map.keys()) {
            text.append(start).append(word(key)).append(':');
            value(map.entries().get(key), indent + "  ", indent);
            start = indent;
        }
    }

    private void value(ConfigNode node, String mapIndent, String listIndent) {
        if (node instanceof MapNode map && !map.keys().isEmpty()) {
            text.append('\n');
            entries(map, mapIndent, mapIndent);
        } else if (node instanceof ListNode list && !isOneLine(list)) {
            text.append('\n');
            items(list, listIndent);
        } else {
            end(" " + flow(node), node);
        }
    }

    private void items(ListNode list, String indent) {
        for (ConfigNode item : list.items()) {
            text.append(indent).append('-');
            if (item instanceof MapNode map && !map.keys().isEmpty()) {
                entries(map, " ", indent + "  ");
            } else {
                value(item, indent + "  ", indent + "  ");
            }
        }
    }

    private void end(String value, ConfigNode node) {
        text.append(value);
        if (explain && !node.location().toString().isEmpty()) {
            text.append("  # ").append(node.location());
        }
        text.append('\n');
    }

    private boolean isOneLine(ListNode list) {
        boolean fits = list.items().stream().allMatch(ScalarNode.class::isInstance)
                && flow(list).length() < WIDTH;
        String file = list.location().file();
        return fits
                && (!explain
                        || list.items().stream()
                                .allMatch(item -> item.location().file().equals(file)));
    }

    private static String flow(ConfigNode node) {
        if (node instanceof ListNode list) {
            return list.items().stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return node instanceof ScalarNode scalar ? scalar(scalar) : "{}";
    }

    private static String scalar(ScalarNode scalar) {
        return switch (scalar.kind()) {
            case NULL -> "null";
            case STRING -> word(scalar.asText().replace("${", "$${"));
            default -> scalar.asText();
        };
    }

    private static String word(String word) {
        boolean plain =
                word.matches("[A-Za-z_./][A-Za-z0-9_./@+-]*") && ScalarNode.kindOf(word) == ScalarNode.Kind.STRING;
        if (plain) {
            return word;
        }
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(word));
        return '"'
                + UNPRINTABLE.matcher(quoted).replaceAll(letter -> "\\\\U%08X"
                        .formatted(letter.group().codePointAt(0)))
                + '"';
    }
}
