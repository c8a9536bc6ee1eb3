package io.github.selfsup4j.io.torch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.io.Refusal;
import io.github.selfsup4j.io.TestFiles;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format from before PyTorch 1.6; that its tensors are right is tested with those of the zip format. */
class LegacyPthTest {
    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void readWhole() throws IOException {
        file = folder.resolve("old.pth");
        whole = Files.readAllBytes(TestFiles.path("legacy.pth"));
    }

    private void assertRefused(byte[] bytes, String... words) throws IOException {
        Files.write(file, bytes);
        Refusal.assertRefuses(PthFile::read, file, words);
    }

    @Test
    void isReadAsWeightsAndAsACheckpoint() throws IOException {
        Map<String, HostTensor> expected = Map.of("a", HostTensor.of(new float[] {1, 1}, 2));
        assertEquals(expected, StateDicts.load(TestFiles.path("legacy.pth")));
        assertEquals(expected, PthFile.read(TestFiles.path("legacy.pth")).asTensors());
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        for (int length = 15; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refusesAStorageOfAnotherLengthThanItsTensorsSay() throws IOException {
        byte[] bytes = whole.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(whole.length - 16, 3);
        assertRefused(bytes, "of 3 elements", "2 of them");
    }

    @Test
    void refusesAnotherVersion() throws IOException {
        byte[] bytes = whole.clone();
        bytes[18]++;
        assertRefused(bytes, "1002", "version 1001");
    }

    @Test
    void refusesAFunctionByName() throws IOException {
        byte[] bytes = whole.clone();
        byte[] rebuild = "torch._utils\n_rebuild_tensor_v2".getBytes(UTF_8);
        byte[] hostile = "posix00utils\n_rebuild_tensor_v2".getBytes(UTF_8);
        for (int at = 0; at < bytes.length - rebuild.length; at++) {
            if (Arrays.equals(bytes, at, at + rebuild.length, rebuild, 0, rebuild.length)) {
                System.arraycopy(hostile, 0, bytes, at, hostile.length);
            }
        }
        assertRefused(bytes, "posix00utils._rebuild_tensor_v2");
    }
}
