package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Options of the parameters whose names match a pattern, for example {@code {weight_decay: 0., lr_mult: 2}}.
 *
 * @param values option to value, flags as 0 or 1; an option that ends in {@code _mult} multiplies the optimizer's own
 */
public record ParamwiseOption(Map<String, Double> values) {
    private static final String MULT = "_mult";
    /**
     * Keys of {@code paramwise_cfg} in mmcv. Configs of MMSelfSup have some of them among the patterns, where they
     * match no parameter and do nothing; so they do here.
     */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("bias_lr_mult", "bias_decay_mult", "norm_decay_mult", "dwconv_decay_mult");

    /** Reads a config value. */
    public static ParamwiseOption fromConfig(ConfigNode node, Problems problems) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (node instanceof MapNode map) {
            map.entries().forEach((key, value) -> values.put(key, number(value, problems)));
        } else if (!hasNoEffect(node)) {
            problems.add(node, "expected a map of options, such as {weight_decay: 0.}, found " + node.describe());
        }
        return new ParamwiseOption(values);
    }

    private static boolean hasNoEffect(ConfigNode node) {
        return node instanceof ScalarNode
                && WITHOUT_EFFECT.contains(node.path().substring(node.path().lastIndexOf('.') + 1));
    }

    private static double number(ConfigNode node, Problems problems) {
        if (node instanceof ScalarNode scalar) {
            switch (scalar.kind()) {
                case INT, FLOAT -> {
                    return scalar.asDouble();
                }
                case BOOL -> {
                    return scalar.asBoolean() ? 1 : 0;
                }
                default -> {}
            }
        }
        problems.add(node, "expected a number, true or false, found " + node.describe());
        return 0;
    }

    /** The option that a key sets: {@code lr} for {@code lr_mult}. */
    static String target(String key) {
        return key.endsWith(MULT) ? key.substring(0, key.length() - MULT.length()) : key;
    }

    /** These values and others, which win. */
    ParamwiseOption with(ParamwiseOption others) {
        Map<String, Double> both = new LinkedHashMap<>(values);
        both.putAll(others.values);
        return new ParamwiseOption(both);
    }

    /**
     * Puts the values into a group's options.
     *
     * @param base the optimizer's own options, which {@code _mult} refers to
     */
    public void applyTo(Map<String, Double> options, Map<String, Double> base) {
        values.forEach((key, value) -> {
            String option = target(key);
            options.put(option, option.equals(key) ? value : base.get(option) * value);
        });
    }
}
