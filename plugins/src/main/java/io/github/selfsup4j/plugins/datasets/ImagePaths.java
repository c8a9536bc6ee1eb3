package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.registry.Component;

import jakarta.inject.Inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pictures without labels, in the order of their paths. */
@Component("ImagePaths")
public final class ImagePaths implements DataSource {

    /** Keys of {@code ImagePaths}. */
    public static final class Config extends ImageFiles.Keys {
        /** Picture files, and folders of which every picture is taken, by name. */
        @Required public List<String> paths;
    }

    private final ImageFiles files = new ImageFiles(Path.of(""));
    private final Config config;

    /** @throws IOException if there is no such file or folder, or a folder without pictures */
    @Inject
    ImagePaths(Config config) throws IOException {
        this.config = config;
        for (String path : config.paths) {
            for (Path file : pictures(Path.of(path))) {
                files.add(file.toString(), ImageFiles.NO_LABEL);
            }
        }
    }

    private static List<Path> pictures(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path + " is neither a file nor a folder");
            }
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> found = entries.filter(ImageFiles::isPicture).sorted().toList();
            if (found.isEmpty()) {
                throw new IOException("no pictures (" + String.join(" ", ImageFiles.EXTENSIONS) + ") in the folder " + path);
            }
            return found;
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Image8 image(int index) throws IOException {
        return files.image(index, config);
    }

    @Override
    public Picture picture(int index) throws IOException {
        return files.picture(index, config);
    }

    @Override
    public int label(int index) {
        return files.label(index);
    }

    @Override
    public String describe(int index) {
        return files.path(index).toString();
    }

    @Override
    public List<String> classes() {
        return List.of();
    }
}
