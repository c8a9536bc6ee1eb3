package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.List;

/**
 * How much timm varies colours: in a config one number for brightness, contrast and saturation, or a list of these
 * three, and of hue if there is a fourth.
 */
public record JitterStrengths(double brightness, double contrast, double saturation, double hue) {
    private static final double MOST_HUE = 0.5;

    /** Reads a config value. */
    public static JitterStrengths fromConfig(ConfigNode node, Problems problems) {
        List<ConfigNode> items = node instanceof ListNode list ? List.copyOf(list.items()) : List.of(node, node, node);
        boolean right =
                (items.size() == 3 || items.size() == 4) && items.stream().allMatch(JitterStrengths::isStrength);
        double hue = right && items.size() == 4 ? ((ScalarNode) items.get(3)).asDouble() : 0;
        if (!right || hue > MOST_HUE) {
            problems.add(
                    node,
                    "expected a number of 0 or more, or a list of three: brightness, contrast, saturation,"
                            + " and hue up to 0.5 as a fourth; found " + node.describe());
            return new JitterStrengths(0, 0, 0, 0);
        }
        double[] strengths = items.stream()
                .mapToDouble(item -> ((ScalarNode) item).asDouble())
                .toArray();
        return new JitterStrengths(strengths[0], strengths[1], strengths[2], hue);
    }

    private static boolean isStrength(ConfigNode node) {
        return node instanceof ScalarNode scalar
                && (scalar.kind() == ScalarNode.Kind.INT || scalar.kind() == ScalarNode.Kind.FLOAT)
                && scalar.asDouble() >= 0
                && scalar.asDouble() < Double.POSITIVE_INFINITY;
    }

    /** The transform. */
    ColorJitter transform() {
        ColorJitter.Config config = new ColorJitter.Config();
        config.brightness = new Jitter(List.of(brightness));
        config.contrast = new Jitter(List.of(contrast));
        config.saturation = new Jitter(List.of(saturation));
        config.hue = new Jitter(List.of(hue));
        return new ColorJitter(config);
    }

    @Override
    public String toString() {
        return "[" + brightness + ", " + contrast + ", " + saturation + ", " + hue + "]";
    }
}
