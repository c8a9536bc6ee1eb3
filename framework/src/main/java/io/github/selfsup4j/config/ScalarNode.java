package io.github.selfsup4j.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A single value of a config file, typed by the core schema of YAML 1.2: {@code 1e-3} is a float, {@code on} and
 * {@code yes} are strings, {@code 0x1F} is an integer.
 */
public final class ScalarNode implements ConfigNode {
    /** What a value is. */
    public enum Kind {
        NULL,
        BOOL,
        INT,
        FLOAT,
        STRING
    }

    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    /** Longer digit strings are no numbers anybody wants, and turning them into one takes long. */
    private static final int LONGEST_NUMBER = 400;

    private static final int SHOWN = 80;

    private final Location location;
    private final String path;
    private final Kind kind;
    private final String text;

    private ScalarNode(Location location, String path, Kind kind, String text) {
        this.location = location;
        this.path = path;
        this.kind = kind;
        this.text = text;
    }

    /** A value written without quotes: its text decides its type. */
    public static ScalarNode plain(Location location, String path, String text) {
        return new ScalarNode(location, path, kindOf(text), text);
    }

    /** A value written in quotes: a string. */
    public static ScalarNode string(Location location, String path, String text) {
        return new ScalarNode(location, path, Kind.STRING, text);
    }

    /** What a text without quotes stands for. */
    static Kind kindOf(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Kind.STRING;
        } else if (NULL.matcher(text).matches()) {
            return Kind.NULL;
        } else if (BOOL.matcher(text).matches()) {
            return Kind.BOOL;
        } else if (INT.matcher(text).matches()) {
            return Kind.INT;
        }
        return FLOAT.matcher(text).matches() ? Kind.FLOAT : Kind.STRING;
    }

    /** What this value is. */
    public Kind kind() {
        return kind;
    }

    /** The text as written, without quotes. */
    public String asText() {
        return text;
    }

    /**
     * The truth value.
     *
     * @throws IllegalStateException if this is none
     */
    public boolean asBoolean() {
        require(kind == Kind.BOOL);
        return text.toLowerCase(Locale.ROOT).equals("true");
    }

    /**
     * The integer.
     *
     * @throws IllegalStateException if this is none
     * @throws ArithmeticException if it needs more than 64 bits
     */
    public long asLong() {
        require(kind == Kind.INT);
        return asInteger().longValueExact();
    }

    /** The integer; empty if this is none, or one of more than 32 bits. */
    public OptionalInt toInt() {
        boolean fits = kind == Kind.INT && asInteger().bitLength() < Integer.SIZE;
        return fits ? OptionalInt.of(asInteger().intValue()) : OptionalInt.empty();
    }

    /**
     * The number, be it written as an integer or not.
     *
     * @throws IllegalStateException if this is none
     */
    public double asDouble() {
        require(kind == Kind.INT || kind == Kind.FLOAT);
        if (kind == Kind.INT) {
            return asInteger().doubleValue();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals(".nan") ? Double.NaN : Double.parseDouble(text);
    }

    BigInteger asInteger() {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private void require(boolean right) {
        if (!right) {
            throw new IllegalStateException(path + " is " + describe());
        }
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public ScalarNode at(String path) {
        return path.equals(this.path) ? this : new ScalarNode(location, path, kind, text);
    }

    @Override
    public String describe() {
        return switch (kind) {
            case NULL -> "null";
            case BOOL -> text;
            case INT -> "the integer " + shorten(text);
            case FLOAT -> "the number " + shorten(text);
            case STRING -> "the string \"" + shorten(text) + "\"";
        };
    }

    /** A text fit for a message: on one line, and not too long. */
    static String shorten(String text) {
        String line = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
