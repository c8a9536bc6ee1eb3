package io.github.selfsup4j.config;

import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says in plain words what is wrong with a text that is no YAML. */
final class YamlMistake {
    /** What the parser says, and what it means for whoever wrote the file. First match wins. */
    private record Meaning(String said, String message, String advice) {}

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("'\\t(TAB)'", "a tab where only spaces may stand", "indent with spaces"),
            new Meaning(
                    "that cannot start any token", "no value can start with this character", "put the text in quotes"),
            new Meaning(
                    "mapping values are not allowed here",
                    "a 'key: value' cannot stand here",
                    "check the indentation of this line and the one above; put a text that contains ': ' in quotes"),
            new Meaning(
                    "sequence entries are not allowed here",
                    "a '- item' cannot stand here",
                    "start it on a line of its own"),
            new Meaning("found unexpected end of stream", "the quote is never closed", "add the closing quote"),
            new Meaning("but got <stream end>", "the bracket is never closed", "add the closing bracket"),
            new Meaning(
                    "expected ',' or '", "a comma or the closing bracket is missing before this", "check the brackets"),
            new Meaning("could not find expected ':'", "a key without ':'", "write 'key: value'"),
            new Meaning(
                    "unexpected character found",
                    "a name must follow '*' or '&'",
                    "quote a text that starts with one of these"),
            new Meaning(
                    "expected escape sequence",
                    "incomplete escape sequence in a double-quoted text",
                    "write \\\\ for a backslash, or use single quotes"),
            new Meaning(
                    "found unknown escape character",
                    "unknown escape sequence in a double-quoted text",
                    "write \\\\ for a backslash, or use single quotes"),
            new Meaning(
                    "expected <block end>",
                    "this does not fit the lines above it",
                    "check the indentation; a value ends with its closing quote"),
            new Meaning("expected '<document start>'", "this does not fit the lines above it", "check the indentation"),
            new Meaning(
                    "expected the node content",
                    "a value is missing before this character",
                    "add the value, or put the text in quotes"));

    private YamlMistake() {}

    static ConfigException explain(YAMLException mistake, YamlParser.Source source) {
        return new ConfigException(List.of(problem(mistake, source)));
    }

    private static Problem problem(YAMLException mistake, YamlParser.Source source) {
        if (mistake instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            Mark mark = isUnclosedQuote(marked) ? marked.getContextMark() : marked.getProblemMark();
            return problem(marked.getProblem(), mark, source);
        } else if (mistake instanceof ReaderException reader) {
            return unprintable(reader, source);
        }
        return new Problem(source.at(0), "", "bad YAML: " + mistake.getMessage(), Optional.empty());
    }

    private static boolean isUnclosedQuote(MarkedYAMLException mistake) {
        String said = mistake.getProblem();
        return mistake.getContextMark() != null
                && (said.contains("unexpected end of stream") || said.contains("but got <stream end>"));
    }

    private static Problem problem(String said, Mark mark, YamlParser.Source source) {
        Location location = source.at(mark.getLine(), mark.getColumn());
        boolean reference = line(source.text(), mark.getLine()).startsWith("${", Math.max(0, mark.getColumn() - 1));
        if (reference && said.contains("but got {")) {
            return new Problem(
                    location,
                    "",
                    "bad YAML: inside { } and [ ] a reference needs quotes",
                    Optional.of("write \"${...}\""));
        }
        return MEANINGS.stream()
                .filter(meaning -> said.contains(meaning.said()))
                .findFirst()
                .map(meaning ->
                        new Problem(location, "", "bad YAML: " + meaning.message(), Optional.of(meaning.advice())))
                .orElseGet(() -> new Problem(location, "", "bad YAML: " + said, Optional.empty()));
    }

    private static Problem unprintable(ReaderException mistake, YamlParser.Source source) {
        String before = source.text().substring(0, source.text().offsetByCodePoints(0, mistake.getPosition()));
        int line = (int) before.lines().count() - (before.endsWith("\n") || before.isEmpty() ? 0 : 1);
        int column = before.length() - before.lastIndexOf('\n') - 1;
        String message = String.format("bad YAML: the character U+%04X is not allowed", mistake.getCodePoint());
        return new Problem(
                source.at(line, column),
                "",
                message,
                Optional.of("remove it, or write it as \"\\u%04X\"".formatted(mistake.getCodePoint())));
    }

    private static String line(String text, int number) {
        return text.lines().skip(number).findFirst().orElse("");
    }
}
