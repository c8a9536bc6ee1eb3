package io.github.selfsup4j.hooks.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.io.disk.AppendedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLineTest {
    @TempDir
    Path folder;

    @Test
    void isSpacedAsPythonDoesIt() {
        assertEquals(
                "{\"mode\": \"train\", \"epoch\": 1, \"lr\": 0.0015}",
                new JsonLine()
                        .put("mode", "train")
                        .put("epoch", 1)
                        .put("lr", 0.0015)
                        .toString());
    }

    @Test
    void roundsToFiveDigits() {
        assertEquals(
                "{\"a\": 0.12346, \"b\": 0.00001, \"c\": 0.0, \"d\": 2.0, \"e\": 100.0}",
                new JsonLine()
                        .put("a", 0.123456789)
                        .put("b", 1e-5)
                        .put("c", 1e-7)
                        .put("d", 2.0)
                        .put("e", 100.0)
                        .toString());
    }

    @Test
    void writesWhatIsNoNumberAsPythonDoes() {
        assertEquals(
                "{\"a\": NaN, \"b\": Infinity, \"c\": -Infinity}",
                new JsonLine()
                        .put("a", Double.NaN)
                        .put("b", Double.POSITIVE_INFINITY)
                        .put("c", Double.NEGATIVE_INFINITY)
                        .toString());
    }

    @Test
    void staysOnOneLineWhateverIsInIt() throws IOException {
        AppendedFile file = new AppendedFile(folder.resolve("log.json"), warning -> {});
        new JsonLine().put("config", "a: 1\nb: \"2\"").appendTo(file);
        new JsonLine().put("seed", 3).appendTo(file);
        assertEquals(
                List.of("{\"config\": \"a: 1\\nb: \\\"2\\\"\"}", "{\"seed\": 3}"), Files.readAllLines(file.path()));
    }
}
