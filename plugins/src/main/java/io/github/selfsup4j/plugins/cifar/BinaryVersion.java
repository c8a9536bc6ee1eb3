package io.github.selfsup4j.plugins.cifar;

import io.github.selfsup4j.plugins.datasets.PictureTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary version of the CIFAR data sets: records of one or two labels and 32 x 32 pixels, all red ones, then green,
 * then blue.
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
    /** The largest that there is, of CIFAR-100, has 154 million bytes. */
    private static final long LARGEST_FILE = 200_000_000;

    private static final long LARGEST_CLASSES = 1 << 20;

    /**
     * Reads the pictures.
     *
     * @param root the folder of the files, or the one it is in
     * @throws IOException if a file is missing, or its length is not that of whole records
     */
    PictureTable read(Path root, boolean testMode) throws IOException {
        List<Path> files = new ArrayList<>();
        int size = 0;
        for (String name : testMode ? List.of(testFile) : trainFiles) {
            files.add(find(root, name));
            size = Math.addExact(size, records(files.get(files.size() - 1)));
        }
        byte[] pixels = new byte[size * PIXELS];
        byte[] classes = new byte[size];
        int done = 0;
        for (Path file : files) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                for (byte[] record = in.readNBytes(labels + PIXELS);
                        record.length == labels + PIXELS && done < size;
                        record = in.readNBytes(labels + PIXELS)) {
                    classes[done] = record[labels - 1];
                    putChannelsLast(record, pixels, done * PIXELS);
                    done++;
                }
            }
        }
        return new PictureTable(SIDE, SIDE, 3, pixels, classes);
    }

    /**
     * The class names.
     *
     * @throws IOException if they can't be read
     */
    List<String> classes(Path root) throws IOException {
        Path file = find(root, classesFile);
        if (Files.size(file) > LARGEST_CLASSES) {
            throw new IOException(file + " has " + Files.size(file) + " bytes, too many for class names");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(String::strip)
                .toList();
    }

    private Path find(Path root, String file) throws IOException {
        for (Path candidate : List.of(root.resolve(folder).resolve(file), root.resolve(file))) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new NoSuchFileException("found " + file + " neither in "
                + root.resolve(folder).toAbsolutePath() + " nor in " + root.toAbsolutePath()
                + "; unpack the binary version (https://www.cs.toronto.edu/~kriz/cifar.html) there");
    }

    private int records(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || size > LARGEST_FILE || size % (labels + PIXELS) != 0) {
            throw new IOException(
                    file + " has " + size + " bytes, which is no whole number of records of " + (labels + PIXELS)
                            + " bytes, or too many: is it the binary version, and is the download complete?");
        }
        return (int) (size / (labels + PIXELS));
    }

    private void putChannelsLast(byte[] record, byte[] pixels, int at) {
        for (int i = 0; i < PIXELS; i++) {
            pixels[at + i] = record[labels + i % 3 * AREA + i / 3];
        }
    }
}
