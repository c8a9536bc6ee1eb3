package io.github.selfsup4j.plugins.imagenet;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.plugins.datasets.Annotations;
import io.github.selfsup4j.plugins.datasets.ImageFiles;
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
public final class ImageNet implements DataSource {

    /** Keys of {@code ImageNet}. */
    public static final class Config extends ImageFiles.Keys {
        /** Folder of the class folders, and what the names in {@code ann_file} are relative to. */
        @Required public Path dataPrefix;
        /** Lines {@code FILE CLASS_INDEX}; null takes every picture of every class folder. */
        public Path annFile = null;
        /** Class names by index; empty for the names of the class folders, or unknown. */
        public List<String> classes = List.of();
    }

    private final ImageFiles files;
    private final List<String> classes;
    private final Config config;

    /** @throws IOException if a folder or the list can't be read, or there is no picture */
    @Inject
    ImageNet(Config config) throws IOException {
        this.config = config;
        if (config.annFile == null) {
            List<String> folders = ClassFolders.classes(config.dataPrefix);
            files = ClassFolders.pictures(config.dataPrefix, folders);
            classes = config.classes.isEmpty() ? folders : config.classes;
        } else {
            files = Annotations.read(List.of(config.annFile), ImageNet::readLine, config.dataPrefix);
            classes = config.classes;
        }
    }

    /** File names may hold spaces: the last word is the class. */
    private static void readLine(String line, ImageFiles into) {
        int space = line.lastIndexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("expected 'FILE CLASS_INDEX', found '" + line + "'");
        }
        into.add(line.substring(0, space), Annotations.label(line.substring(space + 1)));
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
        return classes;
    }
}
