package io.github.selfsup4j.tools.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path folder;

    private void make(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    @Test
    void subFoldersAreClassesHoweverDeepThePicturesLie() throws IOException {
        make("cats/a.JPG", "cats/old/b.png", "dogs/c d.webp", "dogs/notes.txt", "dogs/.hidden.png", "empty/readme.md");
        ImageFolder found = ImageFolder.scan(folder);
        assertEquals(List.of("cats/a.JPG", "cats/old/b.png", "dogs/c d.webp"), found.names());
        assertEquals(List.of("cats", "dogs"), found.classes());
        assertEquals("cats/a.JPG 0\ncats/old/b.png 0\ndogs/c d.webp 1\n", found.lines());
    }

    @Test
    void picturesBesideSubFoldersOrInOneHaveNoClasses() throws IOException {
        make("a.png", "cats/b.png", "dogs/c.png");
        assertEquals(List.of(), ImageFolder.scan(folder).classes());
        assertEquals(List.of(-1, -1, -1), ImageFolder.scan(folder).labels());
        Files.delete(folder.resolve("a.png"));
        Files.delete(folder.resolve("dogs/c.png"));
        assertEquals(List.of(), ImageFolder.scan(folder).classes());
    }

    @Test
    void everyFifthPictureOfEachClassIsHeldOut() {
        List<String> names = Stream.of("a", "b")
                .flatMap(sub -> IntStream.range(0, 10).mapToObj(i -> sub + "/" + i))
                .toList();
        ImageFolder all = ImageFolder.of(folder, names);
        assertEquals(List.of("a/4", "a/9", "b/4", "b/9"), all.heldOut(true).names());
        assertEquals(16, all.heldOut(false).size());
        assertEquals(List.of(0, 0, 1, 1), all.heldOut(true).labels());
    }

    @Test
    void refusesFoldersWithoutPictures() throws IOException {
        make("notes.txt");
        String message = assertThrows(ConfigException.class, () -> ImageFolder.scan(folder))
                .getMessage();
        assertEquals(
                "there are no pictures in " + folder + " nor in the folders below it; expected files named"
                        + " *.bmp *.gif *.jpeg *.jpg *.pgm *.png *.ppm *.tif *.tiff *.webp",
                message);
        assertEquals(
                folder.resolve("notes.txt") + " is a file; expected a folder of pictures",
                assertThrows(ConfigException.class, () -> ImageFolder.scan(folder.resolve("notes.txt")))
                        .getMessage());
    }
}
