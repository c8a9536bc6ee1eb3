package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;

/** Pictures of noise, to measure speed or to try a config without data. */
@Component("RandomImages")
public final class RandomImages implements DataSource {

    /** Keys of {@code RandomImages}. */
    public static final class Config implements Validated {
        /** Number of pictures. */
        public int size = 1000;
        /** Height in pixels. */
        public int height = 375;
        /** Width in pixels. */
        public int width = 500;
        /** Number of classes; picture {@code i} is of class {@code i % num_classes}. */
        public int numClasses = 10;

        @Override
        public void validate(Checks checks) {
            checks.require(size > 0, "size", "a positive number");
            checks.require(height > 0, "height", "a positive number");
            checks.require(width > 0, "width", "a positive number");
            checks.require(numClasses > 0, "numClasses", "a positive number");
        }
    }

    private final Config config;

    @Inject
    RandomImages(Config config) {
        this.config = config;
    }

    @Override
    public int size() {
        return config.size;
    }

    @Override
    public Image8 image(int index) {
        RandomStream random = RandomStream.of(index);
        byte[] pixels = new byte[config.height * config.width * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.randint(0, 255);
        }
        return new Image8(config.height, config.width, 3, pixels);
    }

    @Override
    public int label(int index) {
        return index % config.numClasses;
    }

    @Override
    public String describe(int index) {
        return "random picture number " + index;
    }

    @Override
    public List<String> classes() {
        return List.of();
    }
}
