package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code PYTORCH_LIBRARY_PATH}, which CUDA needs; here it names a folder of the CPU's libraries, laid out as pip does
 * it.
 */
@EnabledOnOs(OS.LINUX)
class InstalledPyTorchTest {
    @TempDir
    Path folder;

    private final List<Path> links = new ArrayList<>();

    /** JUnit would warn of every link that leaves its folder. */
    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void itsFolderIsAllThatHasToBeGiven() throws IOException, InterruptedException {
        Path libraries = Files.createDirectories(folder.resolve("site-packages/torch/lib"));
        assertTrue(Engine.getEngine("PyTorch").getVersion().startsWith("2.7.1"));
        try (Stream<Path> own = Files.list(Path.of(LibUtils.getLibtorchPath()))) {
            for (Path library : own.filter(file -> file.getFileName().toString().startsWith("lib"))
                    .toList()) {
                links.add(Files.createSymbolicLink(libraries.resolve(library.getFileName()), library));
            }
        }
        Selfsup.Result result = Selfsup.runIn("PYTORCH_LIBRARY_PATH", libraries.toString(), folder, "doctor")
                .succeeded();
        assertTrue(result.out().contains("Libraries   in " + libraries + " (PYTORCH_LIBRARY_PATH)"), result.out());
        assertTrue(result.out().contains("Arithmetic  works on cpu()"), result.out());
    }
}
