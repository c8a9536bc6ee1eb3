package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.ConfigException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learning rates that decrease from layer to layer, the head's being the optimizer's own and the patch embedding's the
 * smallest: for fine-tuning of transformers (<a href="https://arxiv.org/abs/2106.08254">BEiT</a>). Reference:
 * {@code TransformerFinetuneConstructor} of MMSelfSup.
 */
public final class LayerDecay {
    private static final Pattern VIT_LAYER = Pattern.compile("^backbone\\.layers\\.(\\d+)\\.");
    private static final Pattern SWIN_BLOCK = Pattern.compile("^backbone\\.stages\\.(\\d+)\\.blocks\\.(\\d+)\\.");
    private static final Pattern SWIN_STAGE = Pattern.compile("^backbone\\.stages\\.(\\d+)\\.");

    /** What is fine-tuned: how its layers are called. */
    public enum ModelType {
        /** {@code backbone.layers.N}. */
        VIT {
            @Override
            void addTo(Map<String, ParamwiseOption> options, double decay, Collection<String> names) {
                int layers = count(VIT_LAYER, names);
                require(layers > 0, "backbone.layers.0");
                for (String input : List.of("pos_embed", "cls_token", "patch_embed")) {
                    options.merge(input, multiplier(decay, layers + 1), ParamwiseOption::with);
                }
                for (int i = 0; i < layers; i++) {
                    options.put("backbone\\.layers\\." + i + "\\.", multiplier(decay, layers - i));
                }
            }
        },
        /** {@code backbone.stages.N.blocks.M}. */
        SWIN {
            @Override
            void addTo(Map<String, ParamwiseOption> options, double decay, Collection<String> names) {
                int[] depths = new int[count(SWIN_STAGE, names)];
                require(depths.length > 0, "backbone.stages.0.blocks.0");
                names.stream()
                        .map(SWIN_BLOCK::matcher)
                        .filter(Matcher::find)
                        .forEach(block ->
                                depths[number(block, 1)] = Math.max(depths[number(block, 1)], number(block, 2) + 1));
                int last = sum(depths, depths.length) + 1;
                names.forEach(name -> options.put(name, multiplier(decay, last - swinLayer(name, depths))));
            }
        };

        abstract void addTo(Map<String, ParamwiseOption> options, double decay, Collection<String> names);

        void require(boolean has, String example) {
            if (!has) {
                throw ConfigException.of(
                        "optimizer.model_type: " + name().toLowerCase(Locale.ROOT) + " has parameters such as "
                                + example + ", the model has none; name its type, or leave out layer_decay");
            }
        }
    }

    private LayerDecay() {}

    /**
     * The config's {@code paramwise_options} and, after them, a multiplier of the learning rate for each layer.
     *
     * @param names the model's parameters
     * @throws ConfigException if the model does not have the layers of {@code model_type}
     */
    static Map<String, ParamwiseOption> addTo(OptimizerConfig config, Collection<String> names) {
        Map<String, ParamwiseOption> options = new LinkedHashMap<>(config.paramwiseOptions);
        config.modelType.addTo(options, config.layerDecay, names);
        return options;
    }

    /**
     * 0 for what is before the first block, 1 for that block, and so on; a stage's downsampling belongs to its last
     * block.
     */
    private static int swinLayer(String name, int[] depths) {
        Matcher block = SWIN_BLOCK.matcher(name);
        Matcher stage = SWIN_STAGE.matcher(name);
        if (name.contains("mask_token") || name.contains("patch_embed")) {
            return 0;
        } else if (block.find()) {
            return sum(depths, number(block, 1)) + number(block, 2) + 1;
        } else if (stage.find()) {
            return sum(depths, number(stage, 1) + 1);
        }
        return sum(depths, depths.length) + 1;
    }

    private static ParamwiseOption multiplier(double decay, int power) {
        return new ParamwiseOption(Map.of("lr_mult", Math.pow(decay, power)));
    }

    private static int count(Pattern numbered, Collection<String> names) {
        return names.stream()
                .map(numbered::matcher)
                .filter(Matcher::find)
                .mapToInt(match -> number(match, 1) + 1)
                .max()
                .orElse(0);
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static int sum(int[] depths, int stages) {
        int sum = 0;
        for (int i = 0; i < stages; i++) {
            sum += depths[i];
        }
        return sum;
    }
}
