package io.github.selfsup4j.plugins.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.imaging.PictureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePathsTest {
    @TempDir
    Path folder;

    @Test
    void takesFilesAsTheyAreGivenAndThePicturesOfFoldersByName() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (String name : List.of("b.png", "a.PNG", "c.png")) {
            Files.write(pictures.resolve(name), PictureFiles.encode(2, 3, "png"));
        }
        Files.writeString(pictures.resolve("notes.txt"), "not one of them");
        Path first = Files.write(folder.resolve("z.unusual"), PictureFiles.encode(4, 5, "png"));
        ImagePaths source = source(first, pictures);
        assertEquals(
                List.of("z.unusual", "a.PNG", "b.png", "c.png"),
                IntStream.range(0, source.size())
                        .mapToObj(i -> Path.of(source.describe(i)).getFileName().toString())
                        .toList());
        assertEquals("RGB picture 4 x 5", source.image(0).toString());
        assertEquals(-1, source.label(0));
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + " is neither a file nor a folder",
                assertThrows(IOException.class, () -> source(missing)).getMessage());
        assertEquals(
                "no pictures (.jpg .jpeg .png .ppm .bmp .pgm .tif .tiff .webp .gif) in the folder " + folder,
                assertThrows(IOException.class, () -> source(folder)).getMessage());
    }

    private static ImagePaths source(Path... paths) throws IOException {
        ImagePaths.Config config = new ImagePaths.Config();
        config.paths = Stream.of(paths).map(Path::toString).toList();
        return new ImagePaths(config);
    }
}
