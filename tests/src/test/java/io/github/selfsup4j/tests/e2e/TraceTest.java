package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code trace} with what may be wrong or unusual about its files; its numbers are the parity tests' matter. */
class TraceTest {
    private static final Path CASE = Path.of("src/test/resources/parity/cae");

    @TempDir
    Path folder;

    private Path out;
    private Map<String, HostTensor> weights;
    private Map<String, HostTensor> inputs;

    @BeforeEach
    void readCase() throws IOException {
        out = folder.resolve("new/out");
        weights = new LinkedHashMap<>(PthFile.read(CASE.resolve("weights.pth")).asTensors());
        inputs = new LinkedHashMap<>(Npz.read(CASE.resolve("inputs.npz")));
    }

    private Selfsup.Result trace() throws IOException {
        PthFile.write(folder.resolve("weights.pth"), Tree.stateDict(weights));
        return traceWith(folder.resolve("weights.pth"));
    }

    private Selfsup.Result traceWith(Path weightFile, Object... options) throws IOException {
        Npz.write(folder.resolve("inputs.npz"), inputs);
        Stream<Object> fixed = Stream.of(
                "trace",
                CASE.resolve("config.json"),
                "--weights",
                weightFile,
                "--inputs",
                folder.resolve("inputs.npz"),
                "--out",
                out);
        return Selfsup.call(Stream.concat(fixed, Stream.of(options)).toArray());
    }

    private double loss(Path result) throws IOException {
        JsonNode steps = new ObjectMapper()
                .readTree(result.resolve("losses.json").toFile())
                .get("steps");
        assertEquals(1, steps.size());
        return steps.get(0).get("loss").asDouble();
    }

    @Test
    void writesItsFourFilesAndALogIntoANewFolder() throws IOException {
        trace().succeeded();
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    Set.of("losses.json", "grads.npz", "outputs.npz", "weights.pth", "trace.log"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        assertEquals(
                weights.keySet(),
                PthFile.read(out.resolve("weights.pth")).asTensors().keySet());
    }

    @Test
    void takesWeightsInEveryFormatAndWrapping() throws IOException {
        double expected = new ObjectMapper()
                .readTree(CASE.resolve("losses.json").toFile())
                .get("total")
                .asDouble();
        Map<String, HostTensor> parallel = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> parallel.put("module." + name, tensor));
        Path wrapped = folder.resolve("wrapped.pth");
        PthFile.write(
                wrapped,
                Tree.mapping()
                        .put("epoch", 1)
                        .put("state_dict", Tree.stateDict(parallel))
                        .build());
        traceWith(wrapped).succeeded();
        assertEquals(expected, loss(out), 1e-5 * expected);

        Path safetensors = folder.resolve("weights.safetensors");
        Selfsup.call("convert", CASE.resolve("weights.pth"), safetensors).succeeded();
        traceWith(safetensors).succeeded();
        assertEquals(expected, loss(out), 1e-5 * expected);
        assertEquals(weights.keySet(), StateDicts.load(safetensors).keySet());
    }

    @Test
    void inputsOfOtherTypesAreTheSameNumbers() throws IOException {
        double expected = new ObjectMapper()
                .readTree(CASE.resolve("losses.json").toFile())
                .get("total")
                .asDouble();
        inputs.compute("img", (name, img) -> HostTensor.of(img.toDoubles(), img.shape()));
        inputs.compute("mask", (name, mask) -> bytes(mask));
        trace().succeeded();
        assertEquals(expected, loss(out), 1e-5 * expected);
    }

    private static HostTensor bytes(HostTensor mask) {
        ByteBuffer bytes = ByteBuffer.allocate(mask.size());
        for (long flag : mask.toLongs()) {
            bytes.put((byte) flag);
        }
        return HostTensor.wrap(ElementType.BOOL, mask.shape(), bytes.flip());
    }

    @Test
    void weightsThatAreMissingOrTooManyAreNamed() throws IOException {
        HostTensor token = weights.remove("backbone.cls_token");
        assertTrue(trace().refused()
                .endsWith("does not fit the model: 222 matched; 1 missing in the file: backbone.cls_token"));
        weights.put("backbone.cls_token", token);
        weights.put("backbone.new", HostTensor.scalar(1f));
        assertTrue(trace().refused()
                .endsWith("does not fit the model: 223 matched; 1 unexpected in the file: backbone.new"));
        weights.remove("backbone.new");
        weights.put("backbone.cls_token", HostTensor.of(new float[7], 1, 1, 7));
        assertTrue(trace().refused().contains("backbone.cls_token ([1, 1, 7] in the file, (1, 1, 36) in the model)"));
    }

    @ParameterizedTest
    @CsvSource({"img", "mask"})
    void aMissingArrayIsNamed(String name) throws IOException {
        inputs.remove(name);
        assertTrue(trace().refused().contains("the batch has no '" + name + "', only "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "img        | 4,3,16,16 | the backbone's img_size is 32",
                "img_target | 4         | do not fit the model: ",
                "mask       | 2,4,4     | do not fit the model: ",
                "mask       | 4,2,4     | masks (4, 2, 4) are of 8 patches, images of 16"
            })
    void anArrayOfAWrongShapeIsToldWithTheShapes(String name, String shape, String message) throws IOException {
        long[] sizes = Stream.of(shape.split(",")).mapToLong(Long::parseLong).toArray();
        HostTensor whole = inputs.get(name);
        int size = (int) Stream.of(shape.split(",")).mapToLong(Long::parseLong).reduce(1, Math::multiplyExact);
        inputs.put(
                name,
                whole.type().isFloating()
                        ? HostTensor.of(Arrays.copyOf(whole.toFloats(), size), sizes)
                        : HostTensor.of(Arrays.copyOf(whole.toLongs(), size), sizes));
        String err = trace().refused();
        assertTrue(err.contains(message) && err.lines().count() < 3, err);
    }

    @Test
    void masksThatHideDifferentNumbersOfPatchesAreRefused() throws IOException {
        long[] mask = inputs.get("mask").toLongs();
        mask[0] = 1 - mask[0];
        inputs.put("mask", HostTensor.of(mask, inputs.get("mask").shape()));
        assertTrue(trace().refused().contains("the masks of a batch hide different numbers of patches"));
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk"), "junk");
        assertTrue(traceWith(junk).failedWith(1).err().startsWith(junk + ": found neither"));
        Object[] arguments = {
            "trace",
            CASE.resolve("config.json"),
            "--weights",
            CASE.resolve("weights.pth"),
            "--inputs",
            junk,
            "--out",
            out
        };
        assertTrue(Selfsup.call(arguments).failedWith(1).err().startsWith(junk + ": found neither"));
    }
}
