package io.github.selfsup4j.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.pickle.PickleAssembler;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.io.zip.ZipEntry;
import io.github.selfsup4j.io.zip.ZipReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of damaged files per reader: each is read, or refused with a {@link FormatException}. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
    private static final int ROUNDS = 2000;
    private static final long MOST_ALLOCATED = 300L << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(20240229);

    @Test
    void noDamageToAnArchiveBreaksTheCheckpointReader() throws IOException {
        fuzz(PthFile::read, bytes("values_protocol2.pth"), bytes("views.pth"));
    }

    @Test
    void noDamageBreaksTheReaderOfTheOldFormat() throws IOException {
        fuzz(PthFile::read, bytes("legacy.pth"), bytes("legacy_views.pth"));
    }

    @Test
    void noDamagedPickleBreaksTheCheckpointReader() throws IOException {
        fuzzEntries(PthFile::read, List.of("values_protocol2.pth", "values_protocol4.pth", "views.pth"), "data.pkl");
    }

    @Test
    void noDamageToAnArchiveBreaksTheArrayReader() throws IOException {
        fuzz(Npz::read, bytes("stored.npz"), bytes("deflated.npz"));
    }

    @Test
    void noDamagedArrayBreaksTheArrayReader() throws IOException {
        fuzzEntries(Npz::read, List.of("stored.npz"), ".npy");
    }

    @Test
    void noDamageBreaksTheSafetensorsReader() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        Safetensors.write(whole, Trees.everyType(), Map.of("format", "pt"));
        fuzz(Safetensors::read, Files.readAllBytes(whole));
    }

    @Test
    void noDamageBreaksTheSearchForWeights() throws IOException {
        fuzz(StateDicts::load, bytes("types.pth"), bytes("stored.npz"));
    }

    /** Writes the damaged file of a round. */
    @FunctionalInterface
    private interface Damage {
        void write(Path file, int round) throws IOException;
    }

    private void fuzz(Refusal.Reader reader, byte[]... seeds) throws IOException {
        fuzz(reader, (file, round) -> Files.write(file, damage(seeds[round % seeds.length])));
    }

    /** Damages entries and packs them again with right checksums, so that the damage is met behind them. */
    private void fuzzEntries(Refusal.Reader reader, List<String> seeds, String ending) throws IOException {
        List<Map<String, byte[]>> archives = new ArrayList<>();
        for (String seed : seeds) {
            archives.add(unpack(TestFiles.path(seed)));
        }
        fuzz(reader, (file, round) -> {
            Map<String, byte[]> entries = new LinkedHashMap<>(archives.get(round % archives.size()));
            entries.replaceAll((name, content) -> name.endsWith(ending) ? damage(content) : content);
            PickleAssembler.pack(file, entries);
        });
    }

    private void fuzz(Refusal.Reader reader, Damage damage) throws IOException {
        Path file = folder.resolve("fuzzed");
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            damage.write(file, round);
            long before = Refusal.allocated();
            try {
                reader.read(file);
            } catch (FormatException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round, e);
            }
            assertTrue(Refusal.allocated() - before < MOST_ALLOCATED, "round " + round);
        }
        assertTrue(refused > ROUNDS / 10, refused + " of " + ROUNDS + " refused");
    }

    private static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(TestFiles.path(name));
    }

    /** One to four small changes. */
    private byte[] damage(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            bytes = bytes.length == 0 ? bytes : change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(bytes, at, at + length, (byte) (random.nextBoolean() ? 0xff : 0));
            case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
            case 4 -> {
                return splice(bytes, at, new byte[0], length);
            }
            default -> {
                return splice(bytes, at, Arrays.copyOfRange(bytes, at, at + length), 0);
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int at, byte[] inserted, int removed) {
        byte[] result = new byte[bytes.length + inserted.length - removed];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(bytes, at + removed, result, at + inserted.length, bytes.length - at - removed);
        return result;
    }

    private static Map<String, byte[]> unpack(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (MappedFile mapped = new MappedFile(file);
                ZipReader zip = new ZipReader(mapped, new MemoryBudget(file, mapped.size()))) {
            for (ZipEntry entry : zip.entries().values()) {
                byte[] content = new byte[(int) entry.size()];
                zip.content(entry).get(content);
                entries.put(entry.name(), content);
            }
        }
        return entries;
    }
}
