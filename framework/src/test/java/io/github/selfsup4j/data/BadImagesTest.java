package io.github.selfsup4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadImagesTest {
    @TempDir
    private Path folder;

    @Test
    void eachIsToldAndKeptOnceAlsoInAResumedRunWhoseFileWasCutOff() throws IOException {
        Path file = folder.resolve(BadImages.FILE);
        List<String> warnings = new ArrayList<>();
        BadImages first = begun(file, false, warnings);
        first.add("a.jpg", "damaged");
        first.add("a.jpg", "damaged");
        Files.writeString(file, Files.readString(file) + "{\"path\": \"b.j");
        BadImages resumed = begun(file, true, warnings);
        resumed.add("a.jpg", "damaged");
        resumed.add("b.jpg", "\"quoted\"");
        assertEquals(
                "{\"path\":\"a.jpg\",\"reason\":\"damaged\"}\n{\"path\":\"b.jpg\",\"reason\":\"\\\"quoted\\\"\"}\n",
                Files.readString(file));
        assertEquals(
                List.of(
                        "can't read a picture, another one takes its place: a.jpg: damaged",
                        "can't read a picture, another one takes its place: b.jpg: \"quoted\""),
                warnings);
    }

    private static BadImages begun(Path file, boolean resumed, List<String> warnings) throws IOException {
        BadImages images = BadImages.kept(file, warnings::add);
        images.begin(resumed);
        return images;
    }

    @Test
    void aNewRunBeginsANewFile() throws IOException {
        Path file = folder.resolve(BadImages.FILE);
        begun(file, false, new ArrayList<>()).add("a.jpg", "damaged");
        begun(file, false, new ArrayList<>()).add("b.jpg", "damaged");
        assertEquals(1, Files.readAllLines(file).size());
    }
}
