package io.github.selfsup4j.plugins.fashionmnist;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.registry.Component;

import jakarta.inject.Inject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Fashion-MNIST (<a href="https://arxiv.org/abs/1708.07747">Xiao et al., 2017</a>): grey pictures of 28 x
 * 28 pixels in ten classes.
 *
 * <p>Without a folder it is the original test set of 10,000, which comes with this library: the first
 * 8,000 to train, the last 2,000 held out. A folder with the four original files gives 60,000 and 10,000.
 */
@Component("FashionMNIST")
public final class FashionMnist implements DataSource {
    private static final int EMBEDDED_TRAINING = 8000;
    private static final String IMAGES = "images-idx3-ubyte";
    private static final String LABELS = "labels-idx1-ubyte";

    /** Keys of {@code FashionMNIST}. */
    public static final class Config {
        /** Folder with {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and the {@code t10k-} ones, gzipped or not; null for the embedded pictures. */
        public Path dataPrefix = null;
        /** The held-out pictures instead of those to train on. */
        public boolean testMode = false;
    }

    private final IdxFile images;
    private final IdxFile labels;
    private final int first;
    private final int size;
    private final String origin;

    @Inject
    FashionMnist(Config config) throws IOException {
        boolean embedded = config.dataPrefix == null;
        String split = embedded || config.testMode ? "t10k-" : "train-";
        images = read(config.dataPrefix, split + IMAGES);
        labels = read(config.dataPrefix, split + LABELS);
        if (images.shape().length != 3 || labels.shape().length != 1 || images.shape()[0] != labels.shape()[0]) {
            throw new IOException("images of shape " + Arrays.toString(images.shape()) + " and labels of shape "
                    + Arrays.toString(labels.shape()) + " don't belong together");
        }
        first = embedded && config.testMode ? EMBEDDED_TRAINING : 0;
        size = (embedded && !config.testMode ? EMBEDDED_TRAINING : labels.shape()[0]) - first;
        origin = (embedded ? "embedded " : config.dataPrefix + "/") + split + IMAGES;
    }

    private static IdxFile read(Path folder, String name) throws IOException {
        if (folder == null) {
            try (InputStream in = FashionMnist.class.getResourceAsStream(name + ".gz")) {
                return IdxFile.read(in, name);
            }
        }
        for (Path file : List.of(folder.resolve(name), folder.resolve(name + ".gz"))) {
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    return IdxFile.read(in, file.toString());
                }
            }
        }
        throw ConfigException.of("there is no " + name + " or " + name + ".gz in " + folder.toAbsolutePath()
                + "; leave data_prefix out for the embedded pictures");
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Image8 image(int index) {
        int height = images.shape()[1];
        int width = images.shape()[2];
        int start = (first + index) * height * width;
        return new Image8(height, width, 1, Arrays.copyOfRange(images.bytes(), start, start + height * width));
    }

    @Override
    public int label(int index) {
        return labels.bytes()[first + index] & 0xff;
    }

    @Override
    public String describe(int index) {
        return origin + " number " + (first + index);
    }

    @Override
    public List<String> classes() {
        return List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    }
}
