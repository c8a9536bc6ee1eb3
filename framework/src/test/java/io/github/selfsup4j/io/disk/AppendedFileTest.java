package io.github.selfsup4j.io.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void growsByLines() throws IOException {
        AppendedFile file = new AppendedFile(Files.writeString(folder.resolve("a.log"), "zero\n"), warnings::add);
        file.append("one");
        file.append("zw\u00f6lf");
        assertEquals(List.of("zero", "one", "zw\u00f6lf"), Files.readAllLines(file.path()));
        assertEquals(List.of(), warnings);
    }

    @Test
    void aDiskThatFailsIsToldOnceAndOnceMoreWhenItWorksAgain() throws IOException {
        Path missing = folder.resolve("missing");
        AppendedFile file = new AppendedFile(missing.resolve("a.log"), warnings::add);
        file.append("one");
        file.append("two");
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("a.log: no such file or folder"), warnings.get(0));
        Files.createDirectory(missing);
        file.append("three");
        file.append("four");
        assertEquals(2, warnings.size());
        assertTrue(
                warnings.get(1).contains("can be written again")
                        && warnings.get(1).contains("2 records"),
                warnings.get(1));
        assertEquals(List.of("three", "four"), Files.readAllLines(file.path()));
    }
}
