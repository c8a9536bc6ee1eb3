package io.github.selfsup4j.plugins.imagenet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.imaging.PictureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNetTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAreClassesInTheOrderOfTheirNames() throws IOException {
        for (String file : List.of("n02/b.JPEG", "n02/a.png", "n01/c.jpg", "n01/notes.txt", "n03/Z.ppm", "n03/a.tif")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.createFile(folder.resolve(file));
        }
        Files.createDirectory(folder.resolve("n01/nested.jpg"));
        Files.createDirectory(folder.resolve("n04"));
        ImageNet source = new ImageNet(config(null));
        assertEquals(List.of("n01", "n02", "n03", "n04"), source.classes());
        assertEquals(5, source.size());
        assertEquals(
                List.of("n01/c.jpg 0", "n02/a.png 1", "n02/b.JPEG 1", "n03/Z.ppm 2", "n03/a.tif 2"), described(source));
    }

    @Test
    void annFileNamesPicturesWhichMayHoldSpaces() throws IOException {
        Path list = Files.writeString(folder.resolve("train.txt"), "n01/a b.jpg 3\n\n  n02/c.jpg 1  \r\n");
        ImageNet source = new ImageNet(config(list));
        assertEquals(List.of("n01/a b.jpg 3", "n02/c.jpg 1"), described(source));
        assertEquals(List.of(), source.classes());
    }

    @Test
    void decodesOnlyWhatIsAskedFor() throws IOException {
        Files.write(folder.resolve("good.png"), PictureFiles.encode(4, 6, "png"));
        Files.writeString(folder.resolve("bad.png"), "no picture");
        ImageNet source = new ImageNet(
                config(Files.writeString(folder.resolve("list.txt"), "good.png 0\nbad.png 0\nmissing.png 0")));
        assertEquals("RGB picture 4 x 6", source.image(0).toString());
        assertTrue(assertThrows(IOException.class, () -> source.image(1))
                .getMessage()
                .startsWith(folder.resolve("bad.png") + ": "));
        assertEquals(
                folder.resolve("missing.png") + ": no such file",
                assertThrows(IOException.class, () -> source.image(2)).getMessage());
    }

    @Test
    void saysWhatIsWrongWithTheFolderOrTheList() throws IOException {
        assertEquals(
                "no pictures (.jpg .jpeg .png .ppm .bmp .pgm .tif .tiff .webp .gif) in the 0 folders of " + folder,
                message(config(null)));
        ImageNet.Config missing = config(null);
        missing.dataPrefix = folder.resolve("missing");
        assertTrue(message(missing).startsWith(folder.resolve("missing") + " is no folder"), message(missing));
        Path list = folder.resolve("list.txt");
        assertEquals("ann_file " + list + " does not exist", message(config(list)));
        Files.writeString(list, "a.jpg 0\nb.jpg");
        assertEquals(list + ":2: expected 'FILE CLASS_INDEX', found 'b.jpg'", message(config(list)));
        Files.writeString(list, "a.jpg cat");
        assertEquals(list + ":1: expected 'FILE CLASS_INDEX', found 'cat' for a class index", message(config(list)));
        Files.writeString(list, "\n");
        assertEquals("ann_file [" + list + "] names no pictures", message(config(list)));
    }

    @Test
    void imageListTakesSeveralFilesWithLabelsOrWithout() throws IOException {
        Path labelled = Files.writeString(folder.resolve("labelled.txt"), "a.jpg 4\nb.jpg 2\n");
        Path plain = Files.writeString(folder.resolve("plain.txt"), "c.jpg\n");
        ImageList.Config config = new ImageList.Config();
        config.dataPrefix = folder;
        config.annFile = new ImageList.PathList(List.of(labelled, plain));
        ImageList source = new ImageList(config);
        assertEquals(3, source.size());
        assertEquals(2, source.label(1));
        assertEquals(-1, source.label(2));
        assertEquals(folder.resolve("c.jpg").toString(), source.describe(2));
    }

    private ImageNet.Config config(Path annFile) {
        ImageNet.Config config = new ImageNet.Config();
        config.dataPrefix = folder;
        config.annFile = annFile;
        return config;
    }

    private static String message(ImageNet.Config config) {
        return assertThrows(IOException.class, () -> new ImageNet(config)).getMessage();
    }

    private List<String> described(ImageNet source) {
        return IntStream.range(0, source.size())
                .mapToObj(i -> folder.relativize(Path.of(source.describe(i))) + " " + source.label(i))
                .toList();
    }
}
