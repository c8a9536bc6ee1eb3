package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.imaging.Box;
import io.github.selfsup4j.imaging.ColorType;
import io.github.selfsup4j.imaging.ImageDecoder;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Resampler;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * JPEG files decoded and resized, byte by byte as Pillow does it. The photographs may not be published with the
 * project: without the folder of reference values beside the repository there is nothing to compare.
 */
class DecodedPhotographsWhereSharedExistsTest {
    private static final Path GOLDEN = Path.of("../../shared/golden/transforms");
    private static final Pattern CROP = Pattern.compile("(img\\d)_box(\\d)_([a-z]+)_(\\d+)(?:x(\\d+))?");

    @BeforeEach
    void needsThePhotographs() {
        assumeTrue(Files.isDirectory(GOLDEN.resolve("images")), GOLDEN + " does not exist here");
    }

    @Test
    void decodesAsPillowDoes() throws IOException {
        Map<String, HostTensor> decoded = Npz.read(GOLDEN.resolve("decoded.npz"));
        assertEquals(6, decoded.size());
        for (String name : decoded.keySet()) {
            assertSame(decoded.get(name), photograph(name), name);
        }
    }

    @Test
    void resizesCropsAsPillowDoes() throws IOException {
        Map<String, HostTensor> crops = Npz.read(GOLDEN.resolve("resized_crop.npz"));
        JsonNode boxes = new ObjectMapper()
                .readTree(GOLDEN.resolve("params.json").toFile())
                .get("boxes_top_left_height_width");
        int compared = 0;
        for (String name : crops.keySet()) {
            Matcher parts = CROP.matcher(name);
            if (parts.matches()) {
                JsonNode box = boxes.get(parts.group(1)).get(Integer.parseInt(parts.group(2)));
                int height = Integer.parseInt(parts.group(4));
                int width = parts.group(5) == null ? height : Integer.parseInt(parts.group(5));
                Resampler crop = new Resampler(
                        photograph(parts.group(1)),
                        new Box(
                                box.get(0).asInt(),
                                box.get(1).asInt(),
                                box.get(2).asInt(),
                                box.get(3).asInt()));
                Image8 resized = crop.resize(
                        height, width, Interpolation.valueOf(parts.group(3).toUpperCase(Locale.ROOT)));
                assertSame(crops.get(name), resized, name);
                compared++;
            }
        }
        assertEquals(114, compared);
    }

    private static Image8 photograph(String name) throws IOException {
        return ImageDecoder.decode(GOLDEN.resolve("images").resolve(name + ".jpg"), ColorType.COLOR);
    }

    private static void assertSame(HostTensor expected, Image8 actual, String name) {
        assertArrayEquals(new long[] {actual.height(), actual.width(), 3}, expected.shape(), name);
        assertArrayEquals(expected.toBytes(), actual.pixels(), name);
    }
}
