package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.imaging.ColorType;
import io.github.selfsup4j.imaging.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A list of picture files with labels, decoded one by one when asked for. */
public final class ImageFiles {

    /** Keys of every source of picture files. */
    public abstract static class Keys implements Validated {
        /** {@code color} or {@code grayscale}. */
        public ColorType colorType = ColorType.COLOR;
        /** A picture of more pixels is not decoded, but counts as unreadable. */
        public long maxPixels = ImageDecoder.MOST_PIXELS;

        @Override
        public void validate(Checks checks) {
            checks.require(maxPixels > 0, "maxPixels", "a positive number");
        }
    }

    /** The label of a picture that has none. */
    public static final int NO_LABEL = -1;

    /** How the names of pictures end. */
    public static final List<String> EXTENSIONS =
            List.of(".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp", ".gif");

    private final Path folder;
    private final List<String> names = new ArrayList<>();
    private int[] labels = new int[1024];

    /**
     * An empty list.
     *
     * @param folder what names are relative to
     */
    public ImageFiles(Path folder) {
        this.folder = folder;
    }

    /** True for a file that is a picture by its name. */
    public static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith) && !Files.isDirectory(file);
    }

    /**
     * Adds a file.
     *
     * @param label class index, or {@link #NO_LABEL}
     */
    public void add(String name, int label) {
        if (names.size() == labels.length) {
            labels = Arrays.copyOf(labels, 2 * labels.length);
        }
        labels[names.size()] = label;
        names.add(name);
    }

    /** Number of files. */
    public int size() {
        return names.size();
    }

    /** A file's path. */
    public Path path(int index) {
        return folder.resolve(names.get(index));
    }

    /** A file's class index. */
    public int label(int index) {
        return labels[index];
    }

    /**
     * Decodes a file.
     *
     * @throws IOException if it can't be read or decoded; the message begins with its path
     */
    public Image8 image(int index, Keys how) throws IOException {
        return ImageDecoder.decode(path(index), how.colorType, how.maxPixels);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read or is no picture; the message begins with its path
     */
    public Picture picture(int index, Keys how) throws IOException {
        return ImageDecoder.open(path(index), how.colorType, how.maxPixels);
    }
}
