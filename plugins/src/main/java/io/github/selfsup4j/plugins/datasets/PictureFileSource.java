package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import java.io.IOException;
import java.util.List;

/** A source of pictures that are files: a subclass finds them. */
public abstract class PictureFileSource implements DataSource {
    private final ImageFiles files;
    private final ImageFiles.Keys config;
    private final List<String> classes;

    /**
     * A source.
     *
     * @param files in order
     * @param config how they are read
     * @param classes names by index; empty if they are unknown
     */
    protected PictureFileSource(ImageFiles files, ImageFiles.Keys config, List<String> classes) {
        this.files = files;
        this.config = config;
        this.classes = classes;
    }

    @Override
    public final int size() {
        return files.size();
    }

    @Override
    public final Image8 image(int index) throws IOException {
        return files.image(index, config);
    }

    @Override
    public final Picture picture(int index) throws IOException {
        return files.picture(index, config);
    }

    @Override
    public final int label(int index) {
        return files.label(index);
    }

    @Override
    public final String describe(int index) {
        return files.path(index).toString();
    }

    @Override
    public final List<String> classes() {
        return classes;
    }
}
