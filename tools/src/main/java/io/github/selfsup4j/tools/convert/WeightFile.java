package io.github.selfsup4j.tools.convert;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.Npz;
import io.github.selfsup4j.io.PthFile;
import io.github.selfsup4j.io.Safetensors;
import io.github.selfsup4j.io.Tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes weights in the format that a file name's ending says. */
public final class WeightFile {
    private WeightFile() {}

    /**
     * Writes a state dict.
     *
     * @param file ends in {@code .pth}, {@code .pt}, {@code .safetensors} or {@code .npz}
     * @throws ConfigException if it ends in something else
     */
    public static void write(Path file, Map<String, HostTensor> weights) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pth") || name.endsWith(".pt")) {
            PthFile.write(file, Tree.stateDict(weights));
        } else if (name.endsWith(".safetensors")) {
            Safetensors.write(file, weights, Map.of("format", "pt"));
        } else if (name.endsWith(".npz")) {
            Npz.write(file, weights);
        } else {
            throw ConfigException.of("don't know the format of " + file + "; expected a name that ends in .pth, .safetensors or .npz");
        }
    }

    /** Refuses a file that is not there. */
    public static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw ConfigException.of("there is no file " + file);
        }
        return file;
    }
}
