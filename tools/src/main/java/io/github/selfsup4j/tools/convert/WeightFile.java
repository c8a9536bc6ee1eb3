package io.github.selfsup4j.tools.convert;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The formats of weight files, told by a file name's ending. */
public enum WeightFile {
    /** PyTorch's; holds every type. */
    PTH(".pth", ".pt") {
        @Override
        public void write(Path file, Map<String, HostTensor> weights) throws IOException {
            PthFile.write(file, Tree.stateDict(weights));
        }
    },
    /** Hugging Face's; holds every type. */
    SAFETENSORS(".safetensors") {
        @Override
        public void write(Path file, Map<String, HostTensor> weights) throws IOException {
            Safetensors.write(file, weights, Map.of("format", "pt"));
        }
    },
    /** NumPy's; bfloat16, which it does not know, becomes float32 with the same values. */
    NPZ(".npz") {
        @Override
        public void write(Path file, Map<String, HostTensor> weights) throws IOException {
            Npz.write(file, weights);
        }
    };

    private final List<String> endings;

    WeightFile(String... endings) {
        this.endings = List.of(endings);
    }

    /**
     * The format of a file that is to be written.
     *
     * @throws ConfigException if its name ends in no known way
     */
    public static WeightFile of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst()
                .orElseThrow(() -> ConfigException.of("don't know the format of " + file
                        + "; expected a name that ends in .pth, .safetensors or .npz"));
    }

    /** Writes a state dict; the file appears whole or not at all. */
    public abstract void write(Path file, Map<String, HostTensor> weights) throws IOException;
}
