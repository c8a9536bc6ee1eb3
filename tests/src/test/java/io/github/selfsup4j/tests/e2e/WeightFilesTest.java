package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code convert}, {@code extract-backbone} and {@code publish}. */
class WeightFilesTest {
    @TempDir
    Path folder;

    private final Map<String, HostTensor> weights = new LinkedHashMap<>();

    @BeforeEach
    void makeWeights() {
        for (ElementType type : ElementType.values()) {
            ByteBuffer bytes = ByteBuffer.allocate(6 * type.byteSize());
            for (int i = 0; i < bytes.capacity(); i++) {
                bytes.put(i, (byte) (type == ElementType.BOOL ? i % 2 : 3 + 5 * i));
            }
            weights.put("backbone." + type.torchName(), HostTensor.wrap(type, new long[] {2, 3}, bytes));
        }
        weights.put("backbone.scalar", HostTensor.scalar(2.5f));
        weights.put("backbone.empty", HostTensor.of(new float[0], 4, 0));
        weights.put("head.bias", HostTensor.of(new float[] {1, 2}, 2));
    }

    private Path convert(Path from, String to) {
        Path file = folder.resolve(to);
        Selfsup.call("convert", from, file).succeeded();
        return file;
    }

    private Path checkpoint(Tree tree) throws IOException {
        Path file = folder.resolve("checkpoint.pth");
        PthFile.write(file, tree);
        return file;
    }

    @ParameterizedTest
    @CsvSource({"a.pth,b.safetensors", "a.safetensors,b.pth", "a.pth,b.pt", "a.safetensors,b.safetensors"})
    void keepsEveryTypeBitByBit(String first, String second) throws IOException {
        Path there = convert(convert(checkpoint(Tree.stateDict(weights)), first), second);
        Map<String, HostTensor> converted = StateDicts.load(there);
        assertEquals(weights, converted);
        assertEquals(List.copyOf(weights.keySet()), List.copyOf(converted.keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.pth", "b.safetensors", "b.npz"})
    void keepsTheTypesThatNumPyKnows(String second) throws IOException {
        weights.remove("backbone.bfloat16");
        Path npz = convert(checkpoint(Tree.stateDict(weights)), "a.npz");
        assertEquals(weights, Npz.read(npz));
        assertEquals(weights, StateDicts.load(convert(npz, second)));
    }

    @Test
    void bfloat16BecomesFloat32WhereThereIsNone() throws IOException {
        HostTensor written =
                Npz.read(convert(checkpoint(Tree.stateDict(weights)), "a.npz")).get("backbone.bfloat16");
        assertEquals(weights.get("backbone.bfloat16").asFloat32(), written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict", "model", "teacher", "module"})
    void findsTheWeightsInsideACheckpoint(String wrapper) throws IOException {
        Path checkpoint = checkpoint(Tree.mapping()
                .put("epoch", 3)
                .put(wrapper, Tree.stateDict(weights))
                .build());
        assertEquals(
                weights, Safetensors.read(convert(checkpoint, "a.safetensors")).tensors());
    }

    @Test
    void leavesNamesAsTheyAre() throws IOException {
        Map<String, HostTensor> parallel = Map.of("module.head.bias", weights.get("head.bias"));
        assertEquals(
                parallel,
                Npz.read(convert(
                        checkpoint(Tree.mapping()
                                .put("state_dict", Tree.stateDict(parallel))
                                .build()),
                        "a.npz")));
    }

    @Test
    void refusesAnEndingItDoesNotKnowBeforeReading() throws IOException {
        String err = Selfsup.call("convert", folder.resolve("missing.pth"), folder.resolve("a.bin"))
                .refused();
        assertEquals(
                "don't know the format of " + folder.resolve("a.bin")
                        + "; expected a name that ends in .pth, .safetensors or .npz",
                err);
    }

    @Test
    void makesTheFolderItWritesTo() throws IOException {
        assertTrue(Files.isRegularFile(convert(checkpoint(Tree.stateDict(weights)), "new/folder/a.npz")));
    }

    @Test
    void keepsWhatWasThereIfTheSourceIsDamaged() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.pth"), "PK\3\4 and nothing more");
        Path there = Files.writeString(folder.resolve("there.npz"), "precious");
        Selfsup.Result result = Selfsup.call("convert", damaged, there).failedWith(1);
        assertTrue(result.err().startsWith(damaged + ": found "), result.err());
        assertEquals("precious", Files.readString(there));
    }

    @ParameterizedTest
    @CsvSource({"'',backbone.", "module.,backbone.", "'',head."})
    void extractsAPartWithoutItsPrefix(String parallel, String prefix) throws IOException {
        Map<String, HostTensor> named = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> named.put(parallel + name, tensor));
        Path checkpoint = checkpoint(Tree.mapping()
                .put("state_dict", Tree.stateDict(named))
                .put("optimizer", Tree.none())
                .build());
        Path out = folder.resolve("new/part.pth");
        Selfsup.call("extract-backbone", checkpoint, out, "--prefix", prefix).succeeded();

        Tree part = PthFile.read(out);
        assertEquals(StateDicts.withPrefix(weights, prefix, "here"), part.asTensors("state_dict"));
        assertEquals("Selfsup4J", part.asText("author"));
        assertEquals(2, part.asMapping().entries().size());
        Path flat = folder.resolve("part.safetensors");
        Selfsup.call("extract-backbone", checkpoint, flat, "--prefix", prefix).succeeded();
        assertEquals(part.asTensors("state_dict"), Safetensors.read(flat).tensors());
    }

    @Test
    void saysThatThereIsNoBackbone() throws IOException {
        Path checkpoint = checkpoint(Tree.stateDict(Map.of("encoder.weight", HostTensor.scalar(1f))));
        Path out = folder.resolve("part.pth");
        String err =
                Selfsup.call("extract-backbone", checkpoint, out).failedWith(1).err();
        assertTrue(err.contains("no weight whose name starts with 'backbone.'") && err.contains("[encoder.]"), err);
        assertTrue(Files.notExists(out));
    }

    @Test
    void publishesWithoutOptimizerUnderTheHashOfTheFile() throws Exception {
        Tree meta = Tree.mapping().put("epoch", 3).build();
        Path checkpoint = checkpoint(Tree.mapping()
                .put(
                        "meta",
                        Tree.mapping()
                                .put("epoch", 3)
                                .put("states", Tree.stateDict(weights))
                                .build())
                .put("state_dict", Tree.stateDict(weights))
                .put("optimizer", Tree.mapping().put("state", Tree.none()).build())
                .build());
        Path precious = Files.writeString(folder.resolve("cae.pth"), "precious");

        Path published = Path.of(
                Selfsup.call("publish", checkpoint, precious).succeeded().out().strip());

        assertEquals(
                Tree.mapping()
                        .put("meta", meta)
                        .put("state_dict", Tree.stateDict(weights))
                        .build(),
                PthFile.read(published));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(published)));
        String today = LocalDate.now().format(DateTimeFormatter.BASIC_ISO_DATE);
        assertEquals(folder.resolve("cae_" + today + "-" + sha256.substring(0, 8) + ".pth"), published);
        assertEquals("precious", Files.readString(precious));
        assertNothingElse(
                List.of("checkpoint.pth", "cae.pth", published.getFileName().toString()));
    }

    @Test
    void leavesNothingBehindIfItCantPublish() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.pth"), "no checkpoint");
        Selfsup.call("publish", damaged, folder.resolve("out.pth")).failedWith(1);
        assertNothingElse(List.of("damaged.pth"));
    }

    private void assertNothingElse(List<String> names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(
                    file -> assertTrue(names.contains(file.getFileName().toString()), () -> "left over: " + file));
        }
        assertFalse(names.isEmpty());
    }
}
