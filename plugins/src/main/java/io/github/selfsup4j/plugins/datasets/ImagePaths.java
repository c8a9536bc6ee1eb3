package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.config.Required;
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
public final class ImagePaths extends PictureFileSource {

    /** Keys of {@code ImagePaths}. */
    public static final class Config extends ImageFiles.Keys {
        /** Picture files, and folders of which every picture is taken, by name. */
        @Required
        public List<String> paths;
    }

    /** @throws IOException if there is no such file or folder, or a folder without pictures */
    @Inject
    ImagePaths(Config config) throws IOException {
        super(files(config.paths), config, List.of());
    }

    private static ImageFiles files(List<String> paths) throws IOException {
        ImageFiles files = new ImageFiles(Path.of(""));
        for (String path : paths) {
            for (Path file : pictures(Path.of(path))) {
                files.add(file.toString(), ImageFiles.NO_LABEL);
            }
        }
        return files;
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
                throw new IOException(
                        "no pictures (" + String.join(" ", ImageFiles.EXTENSIONS) + ") in the folder " + path);
            }
            return found;
        }
    }
}
