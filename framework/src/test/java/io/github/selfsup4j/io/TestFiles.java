package io.github.selfsup4j.io;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The files PyTorch and NumPy wrote for these tests; {@code make_files.py} beside them made them. */
public final class TestFiles {
    private TestFiles() {}

    public static Path path(String name) {
        try {
            return Path.of(TestFiles.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
