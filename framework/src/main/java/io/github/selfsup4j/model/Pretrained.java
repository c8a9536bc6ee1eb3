package io.github.selfsup4j.model;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.StateDicts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** {@code init_cfg: {type: Pretrained, checkpoint, prefix}}: a part of a model starts with weights from a file. */
public final class Pretrained implements Validated {
    /** {@code Pretrained}. */
    @Required public String type;
    /** The file: {@code .pth}, safetensors or {@code .npz}. */
    @Required public String checkpoint;
    /** What the names of the part's weights start with in the file, for example {@code backbone.}; null for nothing. */
    public String prefix = null;

    @Override
    public void validate(Checks checks) {
        checks.require("Pretrained".equals(type), "type", "Pretrained");
    }

    /**
     * Loads what fits.
     *
     * @throws ConfigException if the file can't be read, or nothing of it fits
     */
    public void loadInto(Network part) {
        try {
            Map<String, HostTensor> weights = StateDicts.load(Path.of(checkpoint));
            StateLoader.load(part, prefix == null ? weights : StateDicts.withPrefix(weights, prefix, checkpoint), checkpoint);
        } catch (IOException e) {
            throw ConfigException.of("init_cfg.checkpoint: " + e.getMessage());
        }
    }
}
