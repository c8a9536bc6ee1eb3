package com.example;

import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;

/** A plug-in for tests: grey pictures, one of which makes trouble. */
@Component("TroubledImages")
public final class TroubledImages implements DataSource {

    /** What happens. */
    public enum Trouble {
        NONE,
        THROW,
        HANG,
        HANG_FOR_EVER,
        SLOW,
        MEMORY
    }

    /** Keys of {@code TroubledImages}. */
    public static final class Config {
        /** Number of pictures. */
        public int size = 48;
        /** The picture that makes trouble; slowness is that of every picture. */
        public int at = 40;
        /** What kind of trouble. */
        public Trouble trouble = Trouble.NONE;
    }

    private final Config config;

    @Inject
    TroubledImages(Config config) {
        this.config = config;
    }

    @Override
    public int size() {
        return config.size;
    }

    @Override
    public Image8 image(int index) {
        if (index == config.at || config.trouble == Trouble.SLOW) {
            makeTrouble();
        }
        byte[] pixels = new byte[3 * 32 * 32];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * (index + 1));
        }
        return new Image8(32, 32, 3, pixels);
    }

    private void makeTrouble() {
        switch (config.trouble) {
            case THROW -> throw new IllegalStateException("the lens is dirty");
            case HANG -> sleep(1_000_000);
            case HANG_FOR_EVER -> {
                while (true) {
                    sleep(1000);
                    Thread.interrupted();
                }
            }
            case SLOW -> sleep(20);
            case MEMORY -> throw new OutOfMemoryError("Java heap space: " + new long[Integer.MAX_VALUE - 8].length);
            default -> {}
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int label(int index) {
        return 0;
    }

    @Override
    public String describe(int index) {
        return "/pictures/troubled-" + index + ".png";
    }

    @Override
    public List<String> classes() {
        return List.of();
    }
}
