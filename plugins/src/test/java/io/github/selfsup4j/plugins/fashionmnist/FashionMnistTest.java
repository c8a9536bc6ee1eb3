package io.github.selfsup4j.plugins.fashionmnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.imaging.ColorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    @TempDir
    private Path folder;

    @Test
    void comesWith8000PicturesToTrainAnd2000HeldOut() throws IOException {
        FashionMnist train = new FashionMnist(new FashionMnist.Config());
        FashionMnist.Config config = new FashionMnist.Config();
        config.testMode = true;
        FashionMnist heldOut = new FashionMnist(config);
        assertEquals(8000, train.size());
        assertEquals(2000, heldOut.size());
        assertEquals(10, train.classes().size());
        assertEquals(9, train.label(0), "the first picture of the test set is an ankle boot");
        assertEquals("RGB picture 28 x 28", train.image(0).toString());
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertEquals(1000, count(train, wanted) + count(heldOut, wanted), "pictures of class " + label);
        }
    }

    @Test
    void heldOutPicturesAreTheLastOnes() throws IOException {
        FashionMnist.Config config = new FashionMnist.Config();
        config.colorType = ColorType.GRAYSCALE;
        config.testMode = true;
        Idx all = Idx.read(FashionMnist.class.getResourceAsStream("t10k-images-idx3-ubyte.gz"), "all", 3);
        byte[] expected = Arrays.copyOfRange(all.values(), 8000 * 784, 8001 * 784);
        assertArrayEquals(expected, new FashionMnist(config).image(0).pixels());
    }

    @Test
    void aFolderGivesItsFourFiles() throws IOException {
        write("train", 3);
        write("t10k", 2);
        FashionMnist.Config config = new FashionMnist.Config();
        config.dataPrefix = folder;
        assertEquals(3, new FashionMnist(config).size());
        config.testMode = true;
        FashionMnist heldOut = new FashionMnist(config);
        assertEquals(2, heldOut.size());
        assertEquals(1, heldOut.label(1));
        assertEquals(6, heldOut.image(1).value(1, 0, 0));
        assertTrue(heldOut.describe(1).endsWith("t10k-images-idx3-ubyte, picture 1"), heldOut.describe(1));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        FashionMnist.Config config = new FashionMnist.Config();
        config.dataPrefix = folder;
        String message =
                assertThrows(IOException.class, () -> new FashionMnist(config)).getMessage();
        assertEquals(
                "found neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz in " + folder
                        + "; leave out data_prefix for the embedded pictures",
                message);
    }

    @Test
    void refusesFilesThatDoNotBelongTogether() throws IOException {
        write("train", 3);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 0});
        FashionMnist.Config config = new FashionMnist.Config();
        config.dataPrefix = folder;
        String message =
                assertThrows(IOException.class, () -> new FashionMnist(config)).getMessage();
        assertEquals("train-images-idx3-ubyte has 3 pictures, but train-labels-idx1-ubyte 1 labels", message);
    }

    private static long count(FashionMnist source, int label) {
        return IntStream.range(0, source.size())
                .filter(i -> source.label(i) == label)
                .count();
    }

    /** Pictures of 2 x 2 pixels 0, 1, 2, 3, 4, ... with labels 0, 1, 2, ... */
    private void write(String part, int pictures) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + 4 * pictures)
                .putInt(0x803)
                .putInt(pictures)
                .putInt(2)
                .putInt(2);
        ByteBuffer labels = ByteBuffer.allocate(8 + pictures).putInt(0x801).putInt(pictures);
        IntStream.range(0, 4 * pictures).forEach(i -> images.put((byte) i));
        IntStream.range(0, pictures).forEach(i -> labels.put((byte) i));
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
