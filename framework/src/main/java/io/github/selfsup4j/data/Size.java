package io.github.selfsup4j.data;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.List;
import java.util.Optional;

/** Height and width in pixels or patches. In a config a number for a square, or {@code [height, width]}. */
public record Size(int height, int width) {
    /** A square. */
    public static Size square(int side) {
        return new Size(side, side);
    }

    /** Reads a config value. */
    public static Size fromConfig(ConfigNode node, Problems problems) {
        if (side(node).isPresent()) {
            return square(side(node).get());
        }
        if (node instanceof ListNode list && list.items().size() == 2) {
            List<Optional<Integer>> sides =
                    list.items().stream().map(Size::side).toList();
            if (sides.get(0).isPresent() && sides.get(1).isPresent()) {
                return new Size(sides.get(0).get(), sides.get(1).get());
            }
        }
        problems.add(node, "expected a positive integer or [height, width], found " + node.describe());
        return square(1);
    }

    private static Optional<Integer> side(ConfigNode node) {
        return node instanceof ScalarNode scalar && scalar.toInt().orElse(0) > 0
                ? Optional.of(scalar.toInt().getAsInt())
                : Optional.empty();
    }

    /** True if both sides are multiples of a patch size. */
    public boolean divisibleBy(int patch) {
        return height % patch == 0 && width % patch == 0;
    }

    /** Number of patches down and across. */
    public Size patches(int patch) {
        return new Size(height / patch, width / patch);
    }

    /** Height times width. */
    public int area() {
        return height * width;
    }

    @Override
    public String toString() {
        return height == width ? String.valueOf(height) : "[" + height + ", " + width + "]";
    }
}
