package io.github.selfsup4j.plugins.cifar;

import io.github.selfsup4j.plugins.datasets.PictureTable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The binary version of the CIFAR data sets: records of one or two labels and 32 x 32 pixels, all red
 * ones, then green, then blue.
 *
 * @param folder what the archive unpacks to, for example {@code cifar-10-batches-bin}
 * @param trainFiles files to train with
 * @param testFile file to test with
 * @param labels labels of a record; the last one counts
 * @param classesFile class names, one in a line
 */
record BinaryVersion(String folder, List<String> trainFiles, String testFile, int labels, String classesFile) {
    private static final int SIDE = 32;
    private static final int AREA = SIDE * SIDE;
    private static final int PIXELS = 3 * AREA;
    private static final long LARGEST_FILE = 1 << 30;

    /**
     * Reads the pictures.
     *
     * @param root the folder of the files, or the one it is in
     * @throws IOException if a file is missing, or its length is not that of whole records
     */
    PictureTable read(Path root, boolean testMode) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream classes = new ByteArrayOutputStream();
        for (String file : testMode ? List.of(testFile) : trainFiles) {
            byte[] records = records(find(root, file));
            for (int at = 0; at < records.length; at += labels + PIXELS) {
                classes.write(records[at + labels - 1]);
                pixels.writeBytes(channelsLast(records, at + labels));
            }
        }
        return new PictureTable(SIDE, SIDE, 3, pixels.toByteArray(), classes.toByteArray());
    }

    /** The class names. @throws IOException if they can't be read */
    List<String> classes(Path root) throws IOException {
        return Files.readAllLines(find(root, classesFile)).stream().filter(line -> !line.isBlank()).map(String::strip).toList();
    }

    private Path find(Path root, String file) throws IOException {
        for (Path candidate : List.of(root.resolve(folder).resolve(file), root.resolve(file))) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new NoSuchFileException("found " + file + " neither in " + root.resolve(folder).toAbsolutePath() + " nor in "
                + root.toAbsolutePath() + "; unpack the binary version (https://www.cs.toronto.edu/~kriz/cifar.html) there");
    }

    private byte[] records(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || size > LARGEST_FILE || size % (labels + PIXELS) != 0) {
            throw new IOException(file + " has " + size + " bytes, which is no whole number of records of " + (labels + PIXELS)
                    + " bytes: is it the binary version, and is the download complete?");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] channelsLast(byte[] records, int at) {
        byte[] pixels = new byte[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = records[at + i % 3 * AREA + i / 3];
        }
        return pixels;
    }
}
