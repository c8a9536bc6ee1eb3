package io.github.selfsup4j.plugins.imagenet;

import io.github.selfsup4j.plugins.datasets.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One folder per class, pictures in it; classes and pictures in the order of their names, as in the reference. */
final class ClassFolders {
    private ClassFolders() {}

    /**
     * The class folders' names.
     *
     * @throws IOException if the root can't be read
     */
    static List<String> classes(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(
                    root.toAbsolutePath() + " is no folder; data_prefix must be one, with a folder per class");
        }
        return sortedNames(root, Files::isDirectory);
    }

    /**
     * Every picture below the class folders.
     *
     * @throws IOException if a folder can't be read, or there is no picture
     */
    static ImageFiles pictures(Path root, List<String> classes) throws IOException {
        ImageFiles files = new ImageFiles(root);
        for (int label = 0; label < classes.size(); label++) {
            String folder = classes.get(label);
            for (String name : sortedNames(root.resolve(folder), ImageFiles::isPicture)) {
                files.add(folder + "/" + name, label);
            }
        }
        if (files.size() == 0) {
            throw new IOException("no pictures (" + String.join(" ", ImageFiles.EXTENSIONS) + ") in the "
                    + classes.size() + " folders of " + root.toAbsolutePath());
        }
        return files;
    }

    private static List<String> sortedNames(Path folder, Predicate<Path> which) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(which)
                    .map(entry -> entry.getFileName().toString())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
