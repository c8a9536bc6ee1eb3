package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Reference arrays in test resources, and comparison with them. */
public final class Goldens {
    private Goldens() {}

    /** The arrays of an .npz file beside a test class. */
    public static Map<String, HostTensor> load(Class<?> test, String name) {
        try (InputStream resource = test.getResourceAsStream(name)) {
            Path copy = Files.createTempFile("golden", ".npz");
            try {
                Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
                return Npz.read(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** An array {@code [height, width, 3]} as a picture. */
    public static Image8 image(HostTensor tensor) {
        return new Image8((int) tensor.shape()[0], (int) tensor.shape()[1], 3, tensor.toBytes());
    }

    /** Fails unless size and every byte are the same. */
    public static void assertSame(HostTensor expected, Image8 actual, String name) {
        assertEquals(image(expected).toString(), actual.toString(), name);
        assertArrayEquals(expected.toBytes(), actual.pixels(), name);
    }
}
