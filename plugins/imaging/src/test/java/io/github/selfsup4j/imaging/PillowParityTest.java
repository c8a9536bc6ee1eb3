package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every kind give what {@code Image.open(file).convert("RGB")} of Pillow 9.4.0 gives; see make_pillow.py. */
class PillowParityTest {
    private static final Map<String, HostTensor> FILES = Goldens.load(PillowParityTest.class, "pillow.npz");

    static Stream<String> names() {
        return FILES.keySet().stream().filter(key -> key.startsWith("file/")).map(key -> key.substring(5));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFileIsDecodedOrRefusedAsByPillow(String name) throws IOException {
        byte[] file = FILES.get("file/" + name).toBytes();
        HostTensor expected = FILES.get("rgb/" + name);
        if (expected == null) {
            assertThrows(IOException.class, () -> ImageDecoder.decode(file, ColorType.COLOR), name);
        } else {
            Goldens.assertSame(expected, ImageDecoder.decode(file, ColorType.COLOR), name);
        }
    }
}
