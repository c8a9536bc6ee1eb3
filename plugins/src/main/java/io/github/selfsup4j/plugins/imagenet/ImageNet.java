package io.github.selfsup4j.plugins.imagenet;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.plugins.datasets.Annotations;
import io.github.selfsup4j.plugins.datasets.ImageFiles;
import io.github.selfsup4j.plugins.datasets.PictureFileSource;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures in a folder per class, or named by a file of lines {@code FILE CLASS_INDEX} (the reference's
 * {@code ImageNet}).
 */
@Component("ImageNet")
public final class ImageNet extends PictureFileSource {

    /** Keys of {@code ImageNet}. */
    public static final class Config extends ImageFiles.Keys {
        /** Folder of the class folders, and what the names in {@code ann_file} are relative to. */
        @Required
        public Path dataPrefix;
        /** Lines {@code FILE CLASS_INDEX}; null takes every picture of every class folder. */
        public Path annFile = null;
        /** Class names by index; empty for the names of the class folders, or unknown. */
        public List<String> classes = List.of();
    }

    /** @throws IOException if a folder or the list can't be read, or there is no picture */
    @Inject
    ImageNet(Config config) throws IOException {
        super(
                files(config),
                config,
                config.annFile == null && config.classes.isEmpty()
                        ? ClassFolders.classes(config.dataPrefix)
                        : config.classes);
    }

    private static ImageFiles files(Config config) throws IOException {
        return config.annFile == null
                ? ClassFolders.pictures(config.dataPrefix, ClassFolders.classes(config.dataPrefix))
                : Annotations.read(List.of(config.annFile), ImageNet::readLine, config.dataPrefix);
    }

    /** File names may hold spaces: the last word is the class. */
    private static void readLine(String line, ImageFiles into) {
        int space = line.lastIndexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("expected 'FILE CLASS_INDEX', found '" + line + "'");
        }
        into.add(line.substring(0, space), Annotations.label(line.substring(space + 1)));
    }
}
