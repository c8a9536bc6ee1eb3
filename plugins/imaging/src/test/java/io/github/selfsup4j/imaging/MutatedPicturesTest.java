package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of damaged files of every format: each gives a picture or an {@link IOException}, nothing else. */
@Timeout(120)
class MutatedPicturesTest {
    private static final int MUTATIONS = 60;
    private static final long MOST_PIXELS = 1_000_000;

    @Test
    void everyDamagedFileGivesAPictureOrAnIoException() {
        Map<String, HostTensor> files = new TreeMap<>(Goldens.load(MutatedPicturesTest.class, "pillow.npz"));
        files.keySet()
                .removeIf(name -> !name.startsWith("file/") || files.get(name).size() == 0);
        int refused = 0;
        for (Map.Entry<String, HostTensor> file : files.entrySet()) {
            Random random = new Random(file.getKey().hashCode());
            for (int mutation = 0; mutation < MUTATIONS; mutation++) {
                refused += isRefused(mutated(file.getValue().toBytes(), mutation, random), file.getKey()) ? 1 : 0;
            }
        }
        int all = MUTATIONS * files.size();
        assertTrue(all > 4000, all + " files");
        assertTrue(refused > all / 4 && refused < all * 3 / 4, refused + " of " + all + " were refused");
    }

    private static boolean isRefused(byte[] file, String name) {
        try {
            Image8 image = ImageDecoder.decode(file, ColorType.COLOR, MOST_PIXELS);
            assertEquals(3, image.channels(), name);
            assertTrue((long) image.height() * image.width() <= MOST_PIXELS, name + ": " + image);
            return false;
        } catch (IOException expected) {
            assertTrue(expected.getMessage().length() > 10, name + ": " + expected);
            return true;
        }
    }

    /** Flips bits, cuts off, repeats or removes a piece, or writes an extreme number. */
    private static byte[] mutated(byte[] whole, int mutation, Random random) {
        byte[] file = whole.clone();
        int at = random.nextInt(mutation % 2 == 0 ? file.length : Math.min(file.length, 64));
        switch (mutation % 6) {
            case 0, 1, 2 -> {
                for (int flips = 0; flips <= mutation % 6; flips++) {
                    file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                }
                file[at] ^= (byte) (1 << random.nextInt(8));
            }
            case 3 -> {
                int[] extremes = {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x00ff00ff, 1};
                if (at + 4 <= file.length) {
                    ByteBuffer.wrap(file).putInt(at, extremes[random.nextInt(extremes.length)]);
                }
            }
            case 4 -> file = Arrays.copyOf(file, at);
            default -> {
                int length = Math.min(random.nextInt(40), file.length - at);
                System.arraycopy(file, at, file, random.nextInt(file.length - length + 1), length);
            }
        }
        return file;
    }
}
