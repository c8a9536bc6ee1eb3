package io.github.selfsup4j.model;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.disk.DiskProblem;
import io.github.selfsup4j.io.disk.InputFile;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * {@code init_cfg: {type: Pretrained, checkpoint, prefix}}: a part of a model starts with weights from a file;
 * {@code {}} is the same as null.
 */
public final class Pretrained implements Validated {
    /** {@code Pretrained}. */
    @Required
    public String type;
    /** The file: {@code .pth}, safetensors or {@code .npz}. */
    @Required
    public String checkpoint;
    /** What the names of the part's weights start with in the file, for example {@code backbone.}; null for nothing. */
    public String prefix = null;

    /**
     * Reads a config value.
     *
     * @return null for an empty map
     */
    public static Pretrained fromConfig(ConfigNode node, Problems problems) {
        if (!(node instanceof MapNode map)) {
            problems.add(node, "expected {type: Pretrained, checkpoint: FILE, prefix: NAME}, found " + node.describe());
            return null;
        }
        return map.keys().isEmpty() ? null : ConfigBinder.bind(map, Pretrained.class, Set.of(), problems);
    }

    @Override
    public void validate(Checks checks) {
        checks.require("Pretrained".equals(type), "type", "Pretrained");
    }

    /**
     * Loads what fits.
     *
     * @throws ConfigException if the file can't be read, nothing of it fits, or it is of a backbone of another size
     */
    public void loadInto(Network part) {
        InputFile.require(Path.of(checkpoint), "init_cfg.checkpoint");
        try {
            Map<String, HostTensor> weights = StateDicts.load(Path.of(checkpoint));
            Map<String, HostTensor> own = prefix == null ? weights : StateDicts.withPrefix(weights, prefix, checkpoint);
            TransferredWeights.load(part, own, checkpoint);
        } catch (IOException e) {
            throw ConfigException.of("init_cfg.checkpoint " + checkpoint + ": " + DiskProblem.reason(e));
        }
    }
}
