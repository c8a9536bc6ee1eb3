package io.github.selfsup4j.tools.pretrain;

import io.github.selfsup4j.config.ConfigException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pictures of a folder and of those below it. If all of them lie in two or more folders below it, these are their
 * classes.
 *
 * @param folder the folder
 * @param names of the pictures, relative to the folder, with slashes
 * @param labels the class index of each, or -1
 * @param classes names by index; empty if there are none
 */
public record ImageFolder(Path folder, List<String> names, List<Integer> labels, List<String> classes) {
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp", "gif");
    private static final int NO_LABEL = -1;
    /** Of so many pictures of a class one is held out to be classified. */
    private static final int HELD_OUT = 5;

    /**
     * Looks for pictures.
     *
     * @throws ConfigException if there is no such folder, or no picture in it
     */
    public static ImageFolder scan(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw ConfigException.of(
                    Files.exists(folder)
                            ? folder + " is a file; expected a folder of pictures"
                            : "there is no folder " + folder);
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<String> names = files.filter(ImageFolder::isPicture)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw ConfigException.of("there are no pictures in " + folder
                        + " nor in the folders below it; expected files named "
                        + ENDINGS.stream().sorted().map(ending -> "*." + ending).collect(Collectors.joining(" ")));
            }
            return of(folder, names);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
                && !name.startsWith(".")
                && Files.isRegularFile(file);
    }

    static ImageFolder of(Path folder, List<String> names) {
        Set<String> folders = new TreeSet<>();
        names.forEach(name -> folders.add(name.substring(0, Math.max(0, name.indexOf('/')))));
        List<String> classes = folders.contains("") || folders.size() < 2 ? List.of() : List.copyOf(folders);
        Map<String, Integer> index =
                IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, i -> i));
        List<Integer> labels = names.stream()
                .map(name -> classes.isEmpty() ? NO_LABEL : index.get(name.substring(0, name.indexOf('/'))))
                .toList();
        return new ImageFolder(folder, names, labels, classes);
    }

    /** Number of pictures. */
    public int size() {
        return names.size();
    }

    /** The pictures whose numbers are wanted; classes stay as they are. */
    ImageFolder select(IntPredicate wanted) {
        int[] chosen = IntStream.range(0, size()).filter(wanted).toArray();
        return new ImageFolder(
                folder,
                IntStream.of(chosen).mapToObj(names::get).toList(),
                IntStream.of(chosen).mapToObj(labels::get).toList(),
                classes);
    }

    /**
     * The pictures to classify by their neighbours, or else those to classify them by: every fifth of each class, or
     * the others.
     */
    ImageFolder heldOut(boolean wanted) {
        Map<Integer, Integer> met = new HashMap<>();
        boolean[] heldOut = new boolean[size()];
        for (int i = 0; i < size(); i++) {
            heldOut[i] = met.merge(labels.get(i), 1, Integer::sum) % HELD_OUT == 0;
        }
        return select(i -> heldOut[i] == wanted);
    }

    /** Lines {@code FILE CLASS_INDEX}, as the data source {@code ImageNet} reads them. */
    String lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            lines.add(names.get(i) + " " + labels.get(i) + "\n");
        }
        return String.join("", lines);
    }
}
