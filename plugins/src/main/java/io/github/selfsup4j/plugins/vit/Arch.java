package io.github.selfsup4j.plugins.vit;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.ScalarNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The size of a vision transformer. In a config the name of a preset ({@code b}, {@code deit-t}, ...), or a map of all
 * four numbers.
 */
public final class Arch {
    private static final Map<String, Arch> PRESETS = new TreeMap<>(Map.ofEntries(
            preset("s", 768, 8, 8, 768 * 3), preset("small", 768, 8, 8, 768 * 3),
            preset("b", 768, 12, 12, 3072), preset("base", 768, 12, 12, 3072),
            preset("l", 1024, 24, 16, 4096), preset("large", 1024, 24, 16, 4096),
            preset("mocov3-s", 384, 12, 12, 1536), preset("mocov3-small", 384, 12, 12, 1536),
            preset("deit-t", 192, 12, 3, 192 * 4), preset("deit-tiny", 192, 12, 3, 192 * 4),
            preset("deit-s", 384, 12, 6, 384 * 4), preset("deit-small", 384, 12, 6, 384 * 4),
            preset("deit-b", 768, 12, 12, 768 * 4), preset("deit-base", 768, 12, 12, 768 * 4)));

    /** Feature dimension. */
    @Required
    public int embedDims;
    /** Number of layers. */
    @Required
    public int numLayers;
    /** Number of attention heads; divides {@code embed_dims}. */
    @Required
    public int numHeads;
    /** Hidden dimension of the feed-forward part. */
    @Required
    public int feedforwardChannels;

    /** Reads a config value. */
    public static Arch fromConfig(ConfigNode node, Problems problems) {
        if (node instanceof MapNode map) {
            Arch arch = ConfigBinder.bind(map, Arch.class, Set.of(), problems);
            if (arch.numHeads > 0 && arch.embedDims % arch.numHeads != 0) {
                problems.add(
                        node.location(),
                        node.path(),
                        "embed_dims " + arch.embedDims + " is not divisible by num_heads " + arch.numHeads);
            }
            return arch;
        }
        String name = node instanceof ScalarNode scalar ? scalar.asText().toLowerCase(Locale.ROOT) : "a list";
        Arch preset = PRESETS.get(name);
        if (preset == null) {
            problems.add(
                    node.location(),
                    node.path(),
                    "unknown arch '" + name + "'; expected one of " + PRESETS.keySet()
                            + ", or a map of embed_dims, num_layers, num_heads, feedforward_channels");
            return PRESETS.get("b");
        }
        return preset;
    }

    /** A preset. */
    public static Arch preset(String name) {
        return PRESETS.get(name);
    }

    private static Map.Entry<String, Arch> preset(
            String name, int embedDims, int numLayers, int numHeads, int feedforwardChannels) {
        Arch arch = new Arch();
        arch.embedDims = embedDims;
        arch.numLayers = numLayers;
        arch.numHeads = numHeads;
        arch.feedforwardChannels = feedforwardChannels;
        return Map.entry(name, arch);
    }
}
