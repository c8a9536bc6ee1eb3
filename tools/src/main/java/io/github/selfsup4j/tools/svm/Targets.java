package io.github.selfsup4j.tools.svm;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which classes are in which images: 1 where a class is, 0 where it is not, -1 where that is not to count.
 *
 * @param values {@code [images][classes]}
 * @param classes names of the classes
 */
public record Targets(int[][] values, List<String> classes) {
    /** Neither there nor not there, as objects that are too difficult in VOC. */
    public static final int IGNORED = -1;

    /** One class for each image. */
    public static Targets of(long[] labels, List<String> classes) {
        int[][] values = new int[labels.length][classes.size()];
        for (int i = 0; i < labels.length; i++) {
            values[i][(int) labels[i]] = 1;
        }
        return new Targets(values, classes);
    }

    /**
     * Reads an array {@code [images, classes]}, as the reference's {@code train_labels.npy}.
     *
     * @param file .npy, or .npz with one array
     */
    public static Targets read(Path file) throws IOException {
        Map<String, HostTensor> arrays =
                file.toString().endsWith(".npy") ? Map.of("targets", Npz.readArray(file)) : Npz.read(file);
        HostTensor array = arrays.values().iterator().next();
        if (arrays.size() != 1 || array.shape().length != 2) {
            throw new FormatException(file, arrays.toString(), "one array [images, classes] of 1, 0 and -1");
        }
        long[] flat = array.toLongs();
        int columns = (int) array.shape()[1];
        int[][] values = new int[(int) array.shape()[0]][columns];
        for (int i = 0; i < flat.length; i++) {
            values[i / columns][i % columns] = (int) flat[i];
        }
        return new Targets(
                values, IntStream.range(0, columns).mapToObj(Integer::toString).toList());
    }

    /**
     * Reads the lists of VOC's {@code ImageSets/Main}, such as {@code aeroplane_trainval.txt}.
     *
     * @param folder {@code VOCdevkit/VOC2007}
     * @param paths of the images, whose names without ending are the lists' names
     */
    public static Targets ofVoc(Path folder, List<String> paths) throws IOException {
        List<String> classes = vocClasses(folder);
        List<Map<String, Integer>> known = new ArrayList<>();
        for (String name : classes) {
            Map<String, Integer> values = new HashMap<>();
            for (String split : List.of("trainval", "test")) {
                readVoc(folder.resolve("ImageSets/Main/" + name + "_" + split + ".txt"), values);
            }
            known.add(values);
        }
        int[][] values = new int[paths.size()][];
        for (int i = 0; i < values.length; i++) {
            String id = Path.of(paths.get(i)).getFileName().toString().replaceFirst("\\.[^.]*$", "");
            if (!known.get(0).containsKey(id)) {
                throw ConfigException.of(
                        "the lists in " + folder.resolve("ImageSets/Main") + " do not know the image " + paths.get(i));
            }
            values[i] = known.stream().mapToInt(byId -> byId.get(id)).toArray();
        }
        return new Targets(values, classes);
    }

    private static List<String> vocClasses(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("ImageSets/Main"))) {
            List<String> classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("_trainval.txt"))
                    .map(name -> name.substring(0, name.length() - "_trainval.txt".length()))
                    .sorted()
                    .toList();
            if (classes.isEmpty()) {
                throw ConfigException.of(
                        "there are no lists CLASS_trainval.txt in " + folder.resolve("ImageSets/Main"));
            }
            return classes;
        }
    }

    /** VOC has 1 for there, -1 for not there, 0 for difficult. */
    private static void readVoc(Path list, Map<String, Integer> into) throws IOException {
        if (!Files.exists(list)) {
            return;
        }
        for (String line : Files.readAllLines(list)) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2) {
                into.put(
                        words[0],
                        switch (words[1]) {
                            case "1" -> 1;
                            case "-1" -> 0;
                            default -> IGNORED;
                        });
            }
        }
    }

    /** Number of images. */
    public int size() {
        return values.length;
    }

    /** What is known of one class. */
    public int[] column(int c) {
        return Arrays.stream(values).mapToInt(row -> row[c]).toArray();
    }
}
