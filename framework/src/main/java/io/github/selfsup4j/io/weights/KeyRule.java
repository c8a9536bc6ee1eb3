package io.github.selfsup4j.io.weights;

import io.github.selfsup4j.io.disk.FormatException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A rule that renames weights: every match of a regular expression is replaced, as {@code re.sub} does in mmcv's
 * {@code load_checkpoint(revise_keys=...)}.
 *
 * @param pattern what to replace
 * @param replacement in Python's syntax: {@code \1} or {@code \g<name>} is what a group matched
 */
public record KeyRule(Pattern pattern, String replacement) {
    /** mmcv's default: removes the {@code module.} that PyTorch's parallel wrappers add. */
    public static final KeyRule STRIP_MODULE = of("^module\\.", "");

    private static final Pattern REFERENCE = Pattern.compile("\\\\(\\d{1,2})|\\\\g<(\\w+)>");

    /**
     * A rule of a regular expression in text form; Python's {@code (?P<name>...)} is understood.
     *
     * @throws FormatException if it is none
     */
    public static KeyRule of(String pattern, String replacement) {
        try {
            return new KeyRule(Pattern.compile(pattern.replace("(?P<", "(?<")), replacement);
        } catch (PatternSyntaxException e) {
            throw new FormatException("'" + pattern + "' is no regular expression: " + e.getDescription());
        }
    }

    /**
     * The name after this rule.
     *
     * @throws FormatException if the replacement names a group the pattern does not have
     */
    public String apply(String name) {
        try {
            return pattern.matcher(name).replaceAll(javaReplacement());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new FormatException(
                    "the replacement '" + replacement + "' names a group that '" + pattern + "' does not have");
        }
    }

    private String javaReplacement() {
        StringBuilder java = new StringBuilder();
        Matcher reference = REFERENCE.matcher(replacement);
        int end = 0;
        while (reference.find()) {
            java.append(Matcher.quoteReplacement(replacement.substring(end, reference.start())));
            String group = reference.group(1) != null ? reference.group(1) : reference.group(2);
            java.append(Character.isDigit(group.charAt(0)) ? "$" + group : "${" + group + "}");
            end = reference.end();
        }
        return java.append(Matcher.quoteReplacement(replacement.substring(end))).toString();
    }
}
