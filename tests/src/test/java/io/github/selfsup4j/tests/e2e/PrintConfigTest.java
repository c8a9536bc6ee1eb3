package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code print-config} needs a config that can be read, not one that is right. */
class PrintConfigTest {
    @TempDir
    Path folder;

    private Path config(String yaml) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), "optimizer: {type: SGD, lr: 0.1}\n");
        return Files.writeString(folder.resolve("config.yaml"), "_base_: base.yaml\n" + yaml);
    }

    @Test
    void showsAConfigWhoseComponentsAreWrong() throws IOException {
        Path config = config("""
                model: {type: NoSuchModel, size: "three"}
                modle: {}
                optimizer: {lr: -1}
                """);
        Selfsup.call("check", config).failedWith(2);
        String json = Selfsup.call("print-config", config, "--json", "--cfg-options", "optimizer.momentum=0.9")
                .succeeded()
                .out();
        assertEquals(new ObjectMapper().readTree("""
                {"optimizer": {"type": "SGD", "lr": -1, "momentum": 0.9}, "model": {"type": "NoSuchModel", "size": "three"}, "modle": {}}"""), new ObjectMapper().readTree(json));
    }

    @Test
    void leavesOutWhatIsOnlyReferredTo() throws IOException {
        Path config = config("""
                rate: 0.3
                x-note: mine
                optimizer: {lr: "${rate}"}
                """);
        assertEquals(
                "optimizer:\n  type: SGD\n  lr: 0.3\n",
                Selfsup.call("print-config", config).succeeded().out());
    }

    @Test
    void explainsWhereAValueComesFrom() throws IOException {
        String explained = Selfsup.call("print-config", config("seed: 3\n"), "--explain")
                .succeeded()
                .out();
        assertTrue(
                explained.lines().anyMatch(line -> line.contains("seed") && line.contains("config.yaml:2")), explained);
        assertTrue(explained.lines().anyMatch(line -> line.contains("lr") && line.contains("base.yaml:1")), explained);
    }

    @Test
    void refusesAConfigThatCantBeRead() throws IOException {
        String err =
                Selfsup.call("print-config", config("optimizer: {lr: [}\n")).refused();
        assertTrue(err.contains("config.yaml:2"), err);
        assertTrue(
                Selfsup.call("print-config", config("optimizer: {lr: \"${nothing}\"}\n"))
                        .refused()
                        .contains("nothing"),
                "");
    }
}
