package io.github.selfsup4j.plugins.fashionmnist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IdxTest {
    private static final byte[] TWO_BY_THREE = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, -1};

    @Test
    void readsShapeAndValues() throws IOException {
        Idx idx = read(TWO_BY_THREE, 2);
        assertArrayEquals(new int[] {2, 3}, idx.shape());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, -1}, idx.values());
    }

    @Test
    void readsGzipWhateverItsName() throws IOException {
        assertArrayEquals(
                new byte[] {1, 2, 3, 4, 5, -1}, read(gzip(TWO_BY_THREE), 2).values());
    }

    @Test
    void refusesWhatIsNoWholeIdxFile() throws IOException {
        assertEquals("f is too short for an IDX file: is the download complete?", message(new byte[] {0, 0, 8}, 1));
        assertEquals(
                "f is no IDX file of unsigned bytes: it begins with 0x3c68746d", message("<html>".getBytes(UTF_8), 1));
        assertEquals(
                "f is no IDX file of unsigned bytes: it begins with 0xd01",
                message(new byte[] {0, 0, 13, 1, 0, 0, 0, 1, 1}, 1));
        assertEquals(
                "f ends after 5 of 6 values: is the download complete?", message(Arrays.copyOf(TWO_BY_THREE, 17), 2));
        assertEquals("f goes on after the 6 values it announces", message(Arrays.copyOf(TWO_BY_THREE, 19), 2));
        assertEquals("f has the shape [2, 3], expected 3 dimensions", message(TWO_BY_THREE, 3));
        byte[] gzip = gzip(TWO_BY_THREE);
        assertEquals(
                "f is too short for an IDX file: is the download complete?",
                message(Arrays.copyOf(gzip, gzip.length - 9), 2));
    }

    @Test
    void refusesSizesThatNoDataSetHas() {
        byte[] huge = TWO_BY_THREE.clone();
        huge[4] = 127;
        assertEquals("f announces the shape [2130706434, 3], which no data set has", message(huge, 2));
        huge[4] = -1;
        assertEquals("f announces the shape [-16777214, 3], which no data set has", message(huge, 2));
    }

    @Test
    void damagedBytesGiveAnIoExceptionOrAnArray() throws IOException {
        byte[] whole = gzip(TWO_BY_THREE);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                read(damaged, 2);
            } catch (IOException expected) {
                refused++;
            }
        }
        assertEquals(2000, refused, 1000, "most single flipped bits are noticed, and nothing else is ever thrown");
    }

    private static String message(byte[] file, int dimensions) {
        return assertThrows(IOException.class, () -> read(file, dimensions)).getMessage();
    }

    private static Idx read(byte[] file, int dimensions) throws IOException {
        return Idx.read(new ByteArrayInputStream(file), "f", dimensions);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
