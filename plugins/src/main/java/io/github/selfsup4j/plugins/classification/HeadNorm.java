package io.github.selfsup4j.plugins.classification;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.nn.BatchNormConfig;
import java.util.Optional;
import java.util.Set;

/**
 * {@code norm_cfg} of a head that may do without norms.
 *
 * @param config keys of the norms; empty for {@code {type: 'null'}}, which means none
 */
public record HeadNorm(Optional<BatchNormConfig> config) {
    private static final String NONE = "null";

    /** Plain batch normalisation. */
    static HeadNorm plain() {
        return new HeadNorm(Optional.of(BatchNormConfig.of(BatchNormConfig.Type.PLAIN)));
    }

    /** Reads a config value. */
    public static HeadNorm fromConfig(ConfigNode node, Problems problems) {
        if (!(node instanceof MapNode map)) {
            problems.add(node, "expected a map, found " + node.describe());
            return plain();
        }
        boolean none = map.get("type")
                .filter(type ->
                        type instanceof ScalarNode scalar && scalar.asText().equals(NONE))
                .isPresent();
        return none
                ? new HeadNorm(Optional.empty())
                : new HeadNorm(Optional.of(ConfigBinder.bind(map, BatchNormConfig.class, Set.of(), problems)));
    }
}
