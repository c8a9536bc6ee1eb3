package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that can't be meant are refused before any work is done. */
class ArgumentsTest {
    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void writeExperiment() throws IOException {
        config = SmallExperiment.in(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "schedule,--iters-per-epoch,0",
        "schedule,--iters-per-epoch,-3",
        "benchmark,--iters,0",
        "benchmark,--batch-size,-1",
        "benchmark,--batch-size,1e3",
        "benchmark,--batch-size,99999999999",
        "trace,--steps,0",
        "trace,--iters-per-epoch,0",
        "trace,--steps,two"
    })
    void aCountThatIsNoPositiveNumberIsRefused(String command, String option, String value) {
        String err = Selfsup.call(command, config, option + "=" + value).refused();
        assertTrue(
                err.lines()
                        .findFirst()
                        .orElseThrow()
                        .matches("Invalid value for option '" + option + "': expected a positive whole number, found '"
                                + value + "'"),
                err);
    }

    @ParameterizedTest
    @CsvSource({"convert", "extract-backbone", "publish"})
    void aFileThatIsNotThereIsNamed(String command) {
        Path missing = folder.resolve("epoch_3.pth");
        assertEquals(
                "there is no file " + missing,
                Selfsup.call(command, missing, folder.resolve("out.pth")).refused());
        assertEquals(
                folder + " is a folder; expected a file",
                Selfsup.call(command, folder, folder.resolve("out.pth")).refused());
    }

    @Test
    void aFolderInPlaceOfAFileToWriteIsRefused() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out.json"));
        assertEquals(
                out + " is a folder; expected the name of a file to write",
                Selfsup.call("schedule", config, "--json", out).refused());
    }

    @Test
    void aFolderThatCantBeMadeIsRefused() {
        Path out = config.resolve("schedule.json");
        assertTrue(
                Selfsup.call("schedule", config, "--json", out).refused().startsWith("can't make the folder " + config),
                "");
    }

    @Test
    void traceNeedsItsFiles() throws IOException {
        Path there = Files.createFile(folder.resolve("there"));
        Path missing = folder.resolve("missing");
        assertEquals(
                "there is no file " + missing,
                Selfsup.call("trace", config, "--weights", missing, "--inputs", there, "--out", folder.resolve("out"))
                        .refused());
        assertEquals(
                "there is no file " + missing,
                Selfsup.call("trace", config, "--weights", there, "--inputs", missing, "--out", folder.resolve("out"))
                        .refused());
    }
}
