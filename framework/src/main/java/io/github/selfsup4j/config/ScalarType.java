package io.github.selfsup4j.config;

import io.github.selfsup4j.config.ScalarNode.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A Java type that a single config value turns into.
 *
 * @param expected what may be written, in words
 * @param bounds what such a value must also satisfy, in words
 * @param kinds what it may be written as
 * @param names the texts that are valid, if these are few
 * @param convert gives the Java value; empty if out of bounds
 */
record ScalarType(
        String expected,
        String bounds,
        Set<Kind> kinds,
        Collection<String> names,
        Function<ScalarNode, Optional<?>> convert) {
    private static final ScalarType INT =
            new ScalarType("an integer", " from -2147483648 to 2147483647", Set.of(Kind.INT), scalar -> integer(scalar)
                    .filter(value -> value == value.intValue())
                    .map(Long::intValue));
    private static final ScalarType LONG =
            new ScalarType("an integer", " of at most 64 bits", Set.of(Kind.INT), ScalarType::integer);
    private static final ScalarType FLOAT =
            new ScalarType("a number", " up to 3.4e38", Set.of(Kind.INT, Kind.FLOAT), scalar -> finite(
                            scalar, (float) scalar.asDouble())
                    .map(Double::floatValue));
    private static final ScalarType DOUBLE = new ScalarType(
            "a number", " up to 1.7e308", Set.of(Kind.INT, Kind.FLOAT), scalar -> finite(scalar, scalar.asDouble()));
    private static final ScalarType BOOLEAN =
            new ScalarType("true or false", "", Set.of(Kind.BOOL), scalar -> Optional.of(scalar.asBoolean()));
    private static final ScalarType STRING =
            new ScalarType("a string", "", Set.of(Kind.STRING), scalar -> Optional.of(scalar.asText()));
    private static final ScalarType PATH =
            new ScalarType("a file name", " of this system", Set.of(Kind.STRING), ScalarType::file);
    private static final Map<Class<?>, ScalarType> KNOWN = Map.ofEntries(
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(float.class, FLOAT),
            Map.entry(Float.class, FLOAT),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(String.class, STRING),
            Map.entry(Path.class, PATH));

    private ScalarType(String expected, String bounds, Set<Kind> kinds, Function<ScalarNode, Optional<?>> convert) {
        this(expected, bounds, kinds, List.of(), convert);
    }

    /** How a Java type is written; empty if it is not a single value. */
    static Optional<ScalarType> of(Class<?> type) {
        return type.isEnum() ? Optional.of(choice(type)) : Optional.ofNullable(KNOWN.get(type));
    }

    /** The Java value of a node, or a problem. */
    Optional<?> read(ConfigNode node, Problems problems) {
        if (!(node instanceof ScalarNode scalar) || !kinds.contains(scalar.kind())) {
            String message = "expected " + expected + ", found " + node.describe();
            Optional<String> advice = node instanceof ScalarNode scalar ? quotes(scalar) : Optional.empty();
            problems.add(new Problem(node.location(), node.path(), message, advice));
            return Optional.empty();
        }
        Optional<?> value = convert.apply(scalar);
        if (value.isEmpty()) {
            String message = "expected " + expected + bounds + ", found " + node.describe();
            Optional<String> near =
                    Problems.nearest(scalar.asText(), names).map(name -> "did you mean '" + name + "'?");
            problems.add(new Problem(node.location(), node.path(), message, near));
        }
        return value;
    }

    /** Whether quotes are what is too much or too little. */
    private Optional<String> quotes(ScalarNode scalar) {
        if (scalar.kind() == Kind.STRING) {
            boolean quoted = kinds.contains(ScalarNode.kindOf(scalar.asText()));
            return quoted ? Optional.of("leave out the quotes") : Optional.empty();
        }
        boolean unquoted = kinds.contains(Kind.STRING) && names.isEmpty() && !scalar.isNull();
        return unquoted ? Optional.of("put it in quotes") : Optional.empty();
    }

    private static Optional<Long> integer(ScalarNode scalar) {
        try {
            return Optional.of(scalar.asLong());
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    /** A number that became infinite without being written so was too large for its type. */
    private static Optional<Double> finite(ScalarNode scalar, double value) {
        boolean writtenSo = scalar.asText().toLowerCase(Locale.ROOT).endsWith(".inf");
        return Double.isInfinite(value) && !writtenSo ? Optional.empty() : Optional.of(scalar.asDouble());
    }

    private static Optional<Path> file(ScalarNode scalar) {
        try {
            return Optional.of(Path.of(scalar.asText()));
        } catch (InvalidPathException mistake) {
            return Optional.empty();
        }
    }

    /**
     * An enum: one of its constants' names in lower case, or what their {@code toString} gives if that is another text;
     * case and hyphens do not matter.
     */
    private static ScalarType choice(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            constants.put(
                    constant.toString().equals(name) ? name.toLowerCase(Locale.ROOT) : constant.toString(), constant);
        }
        String names = "one of " + String.join(", ", constants.keySet());
        return new ScalarType(names, "", Set.of(Kind.STRING), constants.keySet(), scalar -> constants.keySet().stream()
                .filter(scalar.asText().replace('-', '_')::equalsIgnoreCase)
                .findFirst()
                .map(constants::get));
    }
}
