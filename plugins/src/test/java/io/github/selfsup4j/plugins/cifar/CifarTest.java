package io.github.selfsup4j.plugins.cifar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.Image8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
    private static final int AREA = 32 * 32;

    @TempDir
    private Path folder;

    @Test
    void cifar10ReadsFiveBatchesInOrderAndTheTestBatch() throws IOException {
        Path files = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
        for (int batch = 1; batch <= 5; batch++) {
            Files.write(files.resolve("data_batch_" + batch + ".bin"), record(batch, batch));
        }
        Files.write(files.resolve("test_batch.bin"), record(9, 9));
        Files.writeString(files.resolve("batches.meta.txt"), "airplane\nautomobile\n\n");
        Cifar10.Config config = new Cifar10.Config();
        config.dataPrefix = folder;
        Cifar10 train = new Cifar10(config);
        assertEquals(5, train.size());
        assertEquals(3, train.label(2));
        assertEquals(List.of("airplane", "automobile"), train.classes());
        config.testMode = true;
        config.dataPrefix = files;
        assertEquals(9, new Cifar10(config).label(0));
    }

    @Test
    void pixelsAreRedGreenBlueRowByRow() throws IOException {
        byte[] record = record(0, 0);
        record[1 + 33] = 10;
        record[1 + AREA + 33] = 20;
        record[1 + 2 * AREA + 33] = (byte) 200;
        Path files = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
        Files.write(files.resolve("test_batch.bin"), record);
        Files.writeString(files.resolve("batches.meta.txt"), "airplane");
        Cifar10.Config config = new Cifar10.Config();
        config.dataPrefix = folder;
        config.testMode = true;
        Image8 image = new Cifar10(config).image(0);
        assertEquals("RGB picture 32 x 32", image.toString());
        assertEquals(10, image.value(1, 1, 0));
        assertEquals(20, image.value(1, 1, 1));
        assertEquals(200, image.value(1, 1, 2));
        assertEquals(0, image.value(1, 2, 0));
    }

    @Test
    void cifar100TakesTheFineLabel() throws IOException {
        Files.write(folder.resolve("train.bin"), record(4, 19, 77));
        Files.writeString(folder.resolve("fine_label_names.txt"), "apple\naquarium_fish\n");
        Cifar100.Config config = new Cifar100.Config();
        config.dataPrefix = folder;
        Cifar100 train = new Cifar100(config);
        assertEquals(77, train.label(0));
        assertEquals(4, train.image(0).value(31, 31, 2));
    }

    @Test
    void saysWhatIsMissingOrDamaged() throws IOException {
        Cifar100.Config config = new Cifar100.Config();
        config.dataPrefix = folder;
        String missing =
                assertThrows(IOException.class, () -> new Cifar100(config)).getMessage();
        assertTrue(
                missing.startsWith(
                        "found train.bin neither in " + folder.resolve("cifar-100-binary") + " nor in " + folder),
                missing);
        Files.write(folder.resolve("train.bin"), new byte[3000]);
        String damaged =
                assertThrows(IOException.class, () -> new Cifar100(config)).getMessage();
        assertEquals(
                folder.resolve("train.bin")
                        + " has 3000 bytes, which is no whole number of records of 3074 bytes, or too many:"
                        + " is it the binary version, and is the download complete?",
                damaged);
    }

    /** Labels, then every pixel of one value. */
    private static byte[] record(int value, int... labels) {
        byte[] record = new byte[labels.length + 3 * AREA];
        Arrays.fill(record, (byte) value);
        for (int i = 0; i < labels.length; i++) {
            record[i] = (byte) labels[i];
        }
        return record;
    }
}
