package io.github.selfsup4j.io;

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

    /**
     * A rule of a regular expression in text form.
     *
     * @throws FormatException if it is none
     */
    public static KeyRule of(String pattern, String replacement) {
        try {
            return new KeyRule(Pattern.compile(pattern), replacement);
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
        String javaReplacement = Matcher.quoteReplacement(replacement)
                .replaceAll("\\\\\\\\g<(\\w+)>", "\\${$1}")
                .replaceAll("\\$\\{(\\d+)\\}", "\\$$1")
                .replaceAll("\\\\\\\\(\\d)", "\\$$1");
        try {
            return pattern.matcher(name).replaceAll(javaReplacement);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new FormatException("the replacement '" + replacement + "' names a group that '" + pattern + "' does not have");
        }
    }
}
