package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Configs made to exhaust memory, stack or patience: one clear message each. */
@Timeout(60)
class HostileConfigTest {
    private static final String TOO_LARGE =
            "the config is too large: with aliases and references put in it takes more than 64 MB";

    @TempDir
    private Path folder;

    private ConfigFolder configs;

    @BeforeEach
    void createFolder() {
        configs = new ConfigFolder(folder);
    }

    private static String lines(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> format.formatted(i, i + 1))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void deepNesting() throws IOException {
        String message = "a.yaml:1: maps and lists are nested more than 64 deep";
        configs.with("a.yaml", "a: " + "[".repeat(500_000));
        assertEquals(message, configs.problems("a.yaml"));
        configs.with("a.yaml", "a: " + "{b: ".repeat(200_000));
        assertEquals(message, configs.problems("a.yaml"));
        configs.with("a.yaml", "a: " + "[".repeat(60) + "]".repeat(60));
        assertEquals("", configs.problems("a.yaml"));
    }

    @Test
    void deepOverrides() throws IOException {
        configs.with("a.yaml", "a: 1");
        assertEquals(
                "--cfg-options " + "b.".repeat(40) + "...: maps and lists are nested more than 64 deep",
                configs.problems("a.yaml", "b.".repeat(100_000) + "c=1"));
    }

    @Test
    void deepReferences() throws IOException {
        configs.with("a.yaml", lines(100, "k%d: [[[\"${k%d}\"]]]") + "\nk100: 1");
        assertEquals("a.yaml:22: maps and lists are nested more than 64 deep", configs.problems("a.yaml"));
    }

    @Test
    void longChainsOfReferences() throws IOException {
        configs.with("a.yaml", lines(10_000, "k%d: ${k%d}") + "\nk10000: 1");
        assertEquals("a.yaml:65: k64: references lead through more than 64 others", configs.problems("a.yaml"));
    }

    @Test
    void explodingAliases() throws IOException {
        configs.with(
                "a.yaml",
                "k0: &k0 [1, 2]\n"
                        + IntStream.range(1, 40)
                                .mapToObj(i -> "k%d: &k%d [*k%d, *k%d]".formatted(i, i, i - 1, i - 1))
                                .collect(Collectors.joining("\n")));
        assertEquals("a.yaml:17: " + TOO_LARGE, configs.problems("a.yaml"));
    }

    @Test
    void explodingReferences() throws IOException {
        configs.with("a.yaml", lines(40, "k%1$d: [\"${k%2$d}\", \"${k%2$d}\"]") + "\nk40: 1");
        assertEquals(TOO_LARGE, configs.problems("a.yaml").replaceFirst("a.yaml:\\d+: ", ""));
        configs.with("a.yaml", lines(40, "k%1$d: ${k%2$d}${k%2$d}") + "\nk40: x");
        assertEquals(TOO_LARGE, configs.problems("a.yaml").replaceFirst("a.yaml:\\d+: ", ""));
    }

    @Test
    void explodingBases() throws IOException {
        for (int i = 0; i < 40; i++) {
            configs.with(i + ".yaml", "_base_: [%1$d.yaml, %1$d.yaml]".formatted(i + 1));
        }
        configs.with("40.yaml", "");
        assertEquals(
                "the config is composed of more than 100 files",
                configs.problems("0.yaml").replaceFirst(".*_base_.*?: ", ""));
    }

    @Test
    void largeFiles() throws IOException {
        configs.with("a.yaml", "a: " + "x".repeat(1 << 20));
        assertEquals("a.yaml: 'a.yaml' is larger than 1 MB, too large for a config", configs.problems("a.yaml"));
        configs.with("a.yaml", "a: " + "x".repeat(1_000_000));
        assertEquals("", configs.problems("a.yaml"));
        configs.with("a.yaml", "a:\n" + "- 1\n".repeat(100_000));
        assertEquals("", configs.problems("a.yaml"));
    }

    @Test
    void longKeysWithManyValues() throws IOException {
        configs.with("a.yaml", "? " + "x".repeat(500_000) + "\n: [" + "1,".repeat(100_000) + "]");
        assertEquals(TOO_LARGE, configs.problems("a.yaml").replaceFirst("a.yaml:\\d+: ", ""));
    }

    @Test
    void manyMistakesAreCutShort() throws IOException {
        configs.with("a.yaml", lines(20_000, "k%d: ${none%d}"));
        String message = configs.problems("a.yaml");
        assertEquals(51, message.lines().count());
        assertEquals(
                "... and 19950 more",
                message.lines().reduce((first, second) -> second).orElseThrow());
    }

    @Test
    void longValuesAreShortenedInMessages() throws IOException {
        configs.with("b.yaml", "a: " + "x".repeat(10_000)).with("a.yaml", "_base_: b.yaml\na: {c: 1}");
        assertEquals(
                "a.yaml:2: a: a map cannot be merged with the string \"" + "x".repeat(80) + "...\" from b.yaml:1; "
                        + "add '_delete_: true' to the map if it is to replace that",
                configs.problems("a.yaml"));
    }
}
