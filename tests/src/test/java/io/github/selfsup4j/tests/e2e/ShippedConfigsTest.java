package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedConfigsTest {
    @TempDir
    Path folder;

    @Test
    void checkAcceptsEveryConfigThatIsNotAPart() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("check"));
        try (Stream<Path> files = Files.walk(Selfsup.root().resolve("configs"))) {
            files.filter(file -> file.toString().endsWith(".yaml")
                            && !file.toString().contains("_base_"))
                    .map(Path::toString)
                    .sorted()
                    .forEach(arguments::add);
        }
        assertTrue(arguments.size() > 4);
        Selfsup.run(folder, arguments.toArray(String[]::new)).succeeded();
    }

    @Test
    void printConfigGivesAConfigThatCanBeUsedAgain() throws IOException, InterruptedException {
        Path config = SmallExperiment.in(folder);
        String printed = Selfsup.run(folder, "print-config", config.toString())
                .succeeded()
                .out();
        Files.writeString(folder.resolve("again.yaml"), printed);
        Selfsup.run(folder, "check", "again.yaml").succeeded();
        assertTrue(Selfsup.run(folder, "print-config", "again.yaml")
                .succeeded()
                .out()
                .equals(printed));
    }

    @Test
    void doctorAndComponentsTellWhatIsThere() throws IOException, InterruptedException {
        assertTrue(Selfsup.run(folder, "doctor").succeeded().out().contains("Arithmetic  works"));
        assertTrue(Selfsup.run(folder, "components", "--kind", "tokenizer")
                .succeeded()
                .out()
                .contains("PatchKMeansTokenizer"));
    }
}
