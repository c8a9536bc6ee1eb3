package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <a href="https://arxiv.org/abs/1909.13719">RandAugment</a> as timm has it: some operations, each chosen anew from all
 * of them, and each left out with a probability of one half.
 *
 * <p>In a config it is timm's text, {@code rand-m9-mstd0.5-inc1}: {@code rand}, and in any order
 *
 * <ul>
 *   <li>{@code mM}: magnitude, the strength times 10; 10 by default
 *   <li>{@code nN}: number of operations; 2 by default
 *   <li>{@code mstdS}: standard deviation of the magnitude; 0 by default; above 100 the magnitude is uniform from 0 to
 *       M
 *   <li>{@code mmaxM}: largest magnitude; 10 by default
 *   <li>{@code inc1}: larger magnitudes always change more; by default not those of colours, posterize and solarize
 *   <li>{@code w0}: not all operations are as likely, and none is chosen twice
 * </ul>
 */
public record RandAugment(
        double magnitude, int operations, double deviation, double largest, boolean increasing, boolean weighted) {
    private static final double UNIT = 10;
    private static final double UNIFORM = 100;
    private static final double PROBABILITY = 0.5;
    private static final String EXPECTED = "expected rand and any of m, n, mstd, mmax, inc, w, each with a number,"
            + " such as rand-m9-mstd0.5-inc1; ";
    private static final Pattern SECTION = Pattern.compile("([a-z]+)(\\d+(?:\\.\\d+)?)");
    private static final Map<String, Double> DEFAULTS =
            Map.of("m", UNIT, "n", 2.0, "mstd", 0.0, "mmax", UNIT, "inc", 0.0, "w", -1.0);

    /** Reads a config value. */
    public static RandAugment fromConfig(ConfigNode node, Problems problems) {
        String text = node instanceof ScalarNode scalar ? scalar.asText() : "";
        String[] sections = text.split("-");
        Map<String, Double> values = new HashMap<>(DEFAULTS);
        boolean right = sections[0].equals("rand");
        for (int i = 1; i < sections.length && right; i++) {
            Matcher section = SECTION.matcher(sections[i]);
            right = section.matches() && values.replace(section.group(1), Double.valueOf(section.group(2))) != null;
        }
        right &= values.get("n") >= 1 && values.get("n") == Math.rint(values.get("n")) && values.get("w") <= 0;
        right &= values.get("n")
                        <= Arrays.stream(AugmentOperation.values())
                                .filter(operation -> operation.weight() > 0)
                                .count()
                || values.get("w") < 0;
        if (!right) {
            problems.add(node, EXPECTED + "found " + node.describe());
        }
        return new RandAugment(
                values.get("m"),
                values.get("n").intValue(),
                values.get("mstd"),
                values.get("mmax"),
                values.get("inc") > 0,
                values.get("w") == 0);
    }

    /**
     * Changes a picture.
     *
     * @param interpolation how it is moved
     * @param fill a value for each channel, where a moved picture is not
     */
    Image8 apply(Image8 image, RandomStream random, RandomInterpolation interpolation, int[] fill) {
        Image8 changed = image;
        for (AugmentOperation operation : chosen(random)) {
            if (random.uniform(0, 1) < PROBABILITY) {
                changed = operation.apply(
                        changed,
                        new AugmentOperation.How(magnitude(random) / UNIT, increasing, random, interpolation, fill));
            }
        }
        return changed;
    }

    private double magnitude(RandomStream random) {
        double drawn = deviation == 0
                ? magnitude
                : deviation > UNIFORM ? random.uniform(0, magnitude) : magnitude + deviation * random.gaussian();
        return Math.max(0, Math.min(largest, drawn));
    }

    private List<AugmentOperation> chosen(RandomStream random) {
        List<AugmentOperation> left = new ArrayList<>(List.of(AugmentOperation.values()));
        List<AugmentOperation> chosen = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            AugmentOperation one = weighted ? byWeight(left, random) : left.get(random.randint(0, left.size() - 1));
            chosen.add(one);
            if (weighted) {
                left.remove(one);
            }
        }
        return chosen;
    }

    private static AugmentOperation byWeight(List<AugmentOperation> operations, RandomStream random) {
        double place = random.uniform(
                0, operations.stream().mapToDouble(AugmentOperation::weight).sum());
        for (AugmentOperation one : operations) {
            place -= one.weight();
            if (place < 0) {
                return one;
            }
        }
        return operations.get(operations.size() - 1);
    }

    @Override
    public String toString() {
        return "rand-m" + magnitude + "-n" + operations + "-mstd" + deviation + "-mmax" + largest
                + (increasing ? "-inc1" : "") + (weighted ? "-w0" : "");
    }
}
