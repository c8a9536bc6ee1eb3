package io.github.selfsup4j.plugins.cifar;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.imaging.ColorType;
import io.github.selfsup4j.plugins.datasets.PictureTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What CIFAR-10 and CIFAR-100 have in common. */
abstract class CifarSource implements DataSource {

    /** Keys of both. */
    public static class Keys {
        /** Folder of the unpacked binary version. */
        @Required
        public Path dataPrefix;
        /** Takes the 10,000 held-out pictures. */
        public boolean testMode = false;
        /** {@code color} or {@code grayscale}. */
        public ColorType colorType = ColorType.COLOR;
    }

    private final PictureTable pictures;
    private final List<String> classes;
    private final ColorType colorType;
    private final String described;

    CifarSource(BinaryVersion files, Keys config) throws IOException {
        pictures = files.read(config.dataPrefix, config.testMode);
        classes = files.classes(config.dataPrefix);
        colorType = config.colorType;
        described = config.dataPrefix + (config.testMode ? ", held-out" : ", training") + " picture ";
    }

    @Override
    public final int size() {
        return pictures.size();
    }

    @Override
    public final Image8 image(int index) {
        return colorType.convert(pictures.image(index));
    }

    @Override
    public final int label(int index) {
        return pictures.label(index);
    }

    @Override
    public final String describe(int index) {
        return described + index;
    }

    @Override
    public final List<String> classes() {
        return classes;
    }
}
