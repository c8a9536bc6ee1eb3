package io.github.selfsup4j.io.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTextsTest {
    @TempDir
    Path folder;

    @Test
    void textsComeBackAsTheyWere() throws IOException {
        Path file = folder.resolve("x.npz");
        NpzFile content = new NpzFile(
                Map.of("a", HostTensor.of(new float[] {1, 2}, 2)),
                Map.of("paths", List.of("a/b.png", "", "Zoë \uD83D\uDC36"), "none", List.of()));
        Npz.write(file, content);
        assertEquals(content, Npz.readWithTexts(file));
        // Whoever reads numbers only is told that there is more.
        assertThrows(FormatException.class, () -> Npz.read(file));
    }

    @Test
    void theHeaderIsNumPysOwn() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, new NpzFile(Map.of(), Map.of("t", List.of("ab", "c"))));
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertEquals(true, bytes.contains("{'descr': '<U2', 'fortran_order': False, 'shape': (2,), }"));
        assertEquals(true, bytes.contains("a\0\0\0b\0\0\0c\0\0\0\0\0\0\0"));
    }
}
