package io.github.selfsup4j.imaging;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * How a resized pixel is made of its neighbours; names, numbers and formulas are Pillow's. In a config the name
 * ({@code bicubic}) or, as in older configs, the number ({@code 3}).
 */
public enum Interpolation {
    /** The nearest pixel. */
    NEAREST(0, x -> 0),
    /** Windowed sinc over six pixels. */
    LANCZOS(3, x -> sinc(x) * sinc(x / 3)),
    /** Triangle over two pixels. */
    BILINEAR(1, x -> 1 - x),
    /** Cubic over four pixels (a = -0.5). */
    BICUBIC(2, Interpolation::cubic),
    /** Mean over one pixel. */
    BOX(0.5, x -> 1),
    /** Hamming window over two pixels. */
    HAMMING(1, x -> sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x)));

    /** Pillow's numbers. */
    private static final List<Interpolation> BY_NUMBER = List.of(NEAREST, LANCZOS, BILINEAR, BICUBIC, BOX, HAMMING);

    private static final double CUBIC_A = -0.5;

    private final double support;
    private final DoubleUnaryOperator formula;

    Interpolation(double support, DoubleUnaryOperator formula) {
        this.support = support;
        this.formula = formula;
    }

    /** Reads a config value. */
    public static Interpolation fromConfig(ConfigNode node, Problems problems) {
        Optional<Interpolation> found = node instanceof ScalarNode scalar ? find(scalar) : Optional.empty();
        if (found.isEmpty()) {
            problems.add(node, "expected one of " + names() + ", found " + node.describe());
        }
        return found.orElse(BILINEAR);
    }

    /** The one that a config value names, if any. */
    public static Optional<Interpolation> find(ScalarNode scalar) {
        if (scalar.kind() == ScalarNode.Kind.INT) {
            return BY_NUMBER.stream()
                    .filter(one -> scalar.asText().equals(String.valueOf(BY_NUMBER.indexOf(one))))
                    .findFirst();
        }
        return Arrays.stream(values())
                .filter(one -> one.toString().equals(scalar.asText()))
                .findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Interpolation::toString).collect(Collectors.joining(", "));
    }

    /** Distance, in pixels of the smaller picture, beyond which pixels have no weight. */
    double support() {
        return support;
    }

    /** Weight of a pixel at a signed distance. */
    double weight(double x) {
        double distance = Math.abs(x);
        boolean edgeCounts = this == BOX && x == support;
        return distance < support || edgeCounts ? formula.applyAsDouble(distance) : 0;
    }

    private static double cubic(double x) {
        return x < 1 ? ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * CUBIC_A;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
