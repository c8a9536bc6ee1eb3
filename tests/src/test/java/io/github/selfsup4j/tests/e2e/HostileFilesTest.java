package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to exhaust memory are refused by a process whose heap is as large as the file and 64 MB. */
class HostileFilesTest {
    private static final int HEADROOM_MB = 64;
    private static final int MILLION = 1_000_000;

    @TempDir
    Path folder;

    /** Writes an archive of one compressed entry. */
    private Path archive(String file, String entry, byte[] start, byte filling, long times, byte[] end)
            throws IOException {
        Path path = folder.resolve(file);
        byte[] piece = new byte[MILLION];
        Arrays.fill(piece, filling);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(start);
            for (long done = 0; done < times; done += MILLION) {
                zip.write(piece);
            }
            zip.write(end);
            zip.closeEntry();
        }
        return path;
    }

    private void assertRefused(Path file, String words) throws IOException, InterruptedException {
        long heap = Files.size(file) / (1 << 20) + HEADROOM_MB;
        long start = System.nanoTime();
        Selfsup.Result result = Selfsup.runWith("-Xmx" + heap + "m", folder, "convert", file.toString(), "out.npz")
                .failedWith(1);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith(file + ": found ") && result.err().contains(words), result.err());
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "took longer than a minute");
    }

    @Test
    void aMillionNestedTuples() throws IOException, InterruptedException {
        assertRefused(
                archive("tuples.pth", "archive/data.pkl", bytes("\u0080\2)"), (byte) 0x85, MILLION, bytes(".")),
                "64 MiB");
    }

    @Test
    void aPickleThatGrowsAThousandfold() throws IOException, InterruptedException {
        assertRefused(
                archive("pickle.pth", "archive/data.pkl", bytes("\u0080\2"), (byte) 'N', 200L * MILLION, bytes(".")),
                "64 MiB");
    }

    @Test
    void anArrayThatGrowsAThousandfold() throws IOException, InterruptedException {
        String header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (50000000,), }".concat(" ".repeat(53)) + "\n";
        assertRefused(
                archive(
                        "array.npz",
                        "a.npy",
                        bytes("\u0093NUMPY\1\0v\0" + header),
                        (byte) 0,
                        200L * MILLION,
                        new byte[0]),
                "64 MiB");
    }

    @Test
    void aHeaderOfAMillionTensors() throws IOException, InterruptedException {
        Path file = folder.resolve("header.safetensors");
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < MILLION; i++) {
            json.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(i)
                    .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] header = bytes(json.append("}").toString());
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
        }
        assertRefused(file, "64 MiB");
    }

    @Test
    void aCallOfTheSystem() throws IOException, InterruptedException {
        Path proof = folder.resolve("proof");
        String command = "touch " + proof;
        byte[] pickle = bytes("\u0080\2cos\nsystem\nU" + (char) command.length() + command + "\u0085R.");
        assertRefused(archive("system.pth", "archive/data.pkl", pickle, (byte) 0, 0, new byte[0]), "os.system");
        assertTrue(Files.notExists(proof));
    }

    /** Data sets are read by a process with a heap of 256 MB. */
    private void assertDataRefused(String source, String words) throws IOException, InterruptedException {
        SmallExperiment.in(folder);
        Selfsup.Result result = Selfsup.runWith(
                        "-Xmx256m",
                        folder,
                        "train",
                        "small.yaml",
                        "--device",
                        "cpu",
                        "--cfg-options",
                        "data.train.data_source={_delete_: true, " + source + "}")
                .failedWith(2);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains(words), result.err());
    }

    @Test
    void imagesThatGrowAThousandfold() throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("bombs"));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(data.resolve("train-images-idx3-ubyte.gz")))) {
            out.write(ByteBuffer.allocate(16)
                    .putInt(0x803)
                    .putInt(1_000_000)
                    .putInt(28)
                    .putInt(28)
                    .array());
            for (int i = 0; i < 784; i++) {
                out.write(new byte[MILLION]);
            }
        }
        assertDataRefused(
                "type: FashionMNIST, data_prefix: bombs",
                "announces the shape [1000000, 28, 28], 747 MB: too much for the 2");
    }

    @Test
    void binaryPicturesWithoutEnd() throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("cifar"));
        for (int batch = 1; batch <= 5; batch++) {
            try (RandomAccessFile file = new RandomAccessFile(
                    data.resolve("data_batch_" + batch + ".bin").toFile(), "rw")) {
                file.setLength(3073L * 1_000_000);
            }
        }
        assertDataRefused(
                "type: CIFAR10, data_prefix: cifar",
                "data_batch_1.bin has 3073000000 bytes, which is no whole number of records of 3073 bytes, or too many");
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
