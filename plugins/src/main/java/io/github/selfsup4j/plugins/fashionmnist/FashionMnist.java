package io.github.selfsup4j.plugins.fashionmnist;

import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.imaging.ColorType;
import io.github.selfsup4j.plugins.datasets.PictureTable;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</a>: pictures of clothes, 28 x 28, grey, in
 * 10 classes. Without a folder, the 10,000 pictures of its test set that come with this project: the first 8,000 to
 * train, the last 2,000 held out.
 */
@Component("FashionMNIST")
public final class FashionMnist implements DataSource {
    private static final List<String> CLASSES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final String EMBEDDED = "t10k";
    private static final int EMBEDDED_TRAIN = 8000;

    /** Keys of {@code FashionMNIST}. */
    public static final class Config {
        /** Folder of the four IDX files, gz or not, for all 60,000 + 10,000 pictures; null for the embedded ones. */
        public Path dataPrefix = null;
        /** Takes the held-out pictures: those of t10k-*, or the last 2,000 embedded ones. */
        public boolean testMode = false;
        /** {@code color} repeats grey three times, {@code grayscale} gives one channel. */
        public ColorType colorType = ColorType.COLOR;
    }

    /** Opens the file of a name such as {@code t10k-images-idx3-ubyte}. */
    private interface Opener {
        InputStream open(String name) throws IOException;
    }

    private final PictureTable pictures;
    private final ColorType colorType;
    private final String described;

    /** @throws IOException if a file is missing or damaged */
    @Inject
    FashionMnist(Config config) throws IOException {
        colorType = config.colorType;
        if (config.dataPrefix == null) {
            PictureTable all = load(FashionMnist::openEmbedded, EMBEDDED);
            pictures = config.testMode ? all.slice(EMBEDDED_TRAIN, all.size()) : all.slice(0, EMBEDDED_TRAIN);
            described = "embedded Fashion-MNIST, " + (config.testMode ? "held-out" : "training") + " picture ";
        } else {
            String part = config.testMode ? "t10k" : "train";
            pictures = load(name -> openIn(config.dataPrefix, name), part);
            described = config.dataPrefix.resolve(part + "-images-idx3-ubyte") + ", picture ";
        }
    }

    private static PictureTable load(Opener files, String part) throws IOException {
        Idx images = read(files, part + "-images-idx3-ubyte", 3);
        Idx labels = read(files, part + "-labels-idx1-ubyte", 1);
        int[] shape = images.shape();
        if (shape[0] != labels.shape()[0]) {
            throw new IOException(part + "-images-idx3-ubyte has " + shape[0] + " pictures, but " + part
                    + "-labels-idx1-ubyte " + labels.shape()[0] + " labels");
        }
        return new PictureTable(shape[1], shape[2], 1, images.values(), labels.values());
    }

    private static Idx read(Opener files, String name, int dimensions) throws IOException {
        try (InputStream in = files.open(name)) {
            return Idx.read(in, name, dimensions);
        }
    }

    private static InputStream openEmbedded(String name) throws IOException {
        InputStream in = FashionMnist.class.getResourceAsStream(name + ".gz");
        if (in == null) {
            throw new NoSuchFileException(name + ".gz, which should be in the plug-ins' jar");
        }
        return in;
    }

    private static InputStream openIn(Path folder, String name) throws IOException {
        for (Path candidate : List.of(folder.resolve(name), folder.resolve(name + ".gz"))) {
            if (Files.isDirectory(candidate)) {
                throw new IOException(candidate + " is a folder; expected a file");
            } else if (Files.exists(candidate)) {
                return Files.newInputStream(candidate);
            }
        }
        throw new NoSuchFileException("found neither " + name + " nor " + name + ".gz in " + folder.toAbsolutePath()
                + "; leave out data_prefix for the embedded pictures");
    }

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public Image8 image(int index) {
        return colorType.convert(pictures.image(index));
    }

    @Override
    public int label(int index) {
        return pictures.label(index);
    }

    @Override
    public String describe(int index) {
        return described + index;
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }
}
