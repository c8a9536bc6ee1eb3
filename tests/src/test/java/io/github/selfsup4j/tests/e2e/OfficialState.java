package io.github.selfsup4j.tests.e2e;

import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of the state dict that MMSelfSup's {@code CAE} has with ViT-B/16, tokenizer included, as its own
 * code gives them; and weights of those names and shapes, to stand in for the published files.
 */
final class OfficialState {
    static final String TOKENIZER = "head.encoder.";
    private static final Path FILE = Path.of("src/test/resources/official/cae_vit-base-p16.state.txt");

    private OfficialState() {}

    /** Shapes by name, in the order of the state dict. */
    static Map<String, List<Long>> cae() throws IOException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FILE)) {
            String[] parts = line.split(" ");
            shapes.put(
                    parts[0],
                    Arrays.stream(parts[1].split("x")).map(Long::valueOf).toList());
        }
        return shapes;
    }

    /** Those of the DALL-E encoder's own file. */
    static Map<String, List<Long>> dalleEncoder() throws IOException {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        cae().forEach((name, shape) -> {
            if (name.startsWith(TOKENIZER)) {
                shapes.put(name.substring(TOKENIZER.length()), shape);
            }
        });
        return shapes;
    }

    /** Small values, different from tensor to tensor; all lie over one array, so that they take little memory. */
    static Map<String, HostTensor> weights(Map<String, List<Long>> shapes) {
        int largest =
                shapes.values().stream().mapToInt(OfficialState::elements).max().orElseThrow();
        ByteBuffer values = ByteBuffer.allocateDirect((largest + shapes.size()) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; values.hasRemaining(); i++) {
            values.putFloat((i * 31 % 1009 - 504) * 1e-4f);
        }
        Map<String, HostTensor> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            ByteBuffer bytes = values.slice(weights.size() * Float.BYTES, elements(shape) * Float.BYTES);
            weights.put(
                    name,
                    HostTensor.wrap(
                            ElementType.FLOAT32,
                            shape.stream().mapToLong(Long::longValue).toArray(),
                            bytes));
        });
        return weights;
    }

    private static int elements(List<Long> shape) {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }
}
