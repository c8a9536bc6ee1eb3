package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public class ResamplerTest {
    /** Image, box, filter, height and, if it differs, width. */
    private static final Pattern NAME = Pattern.compile("(img\\d)_box(\\d)_([a-z]+)_(\\d+)(?:x(\\d+))?");

    private static final Map<String, HostTensor> GOLDEN = Goldens.load(ResamplerTest.class, "resized_crop.npz");

    static List<String> crops() {
        return GOLDEN.keySet().stream()
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("crops")
    void resizesCropsAsPillowDoes(String name) {
        Matcher parts = NAME.matcher(name);
        parts.matches();
        int[] box = GOLDEN.get(parts.group(1) + "_boxes").toInts();
        int at = 4 * Integer.parseInt(parts.group(2));
        Resampler crop = new Resampler(
                Goldens.image(GOLDEN.get(parts.group(1))), new Box(box[at], box[at + 1], box[at + 2], box[at + 3]));
        int height = Integer.parseInt(parts.group(4));
        int width = parts.group(5) == null ? height : Integer.parseInt(parts.group(5));
        Image8 resized =
                crop.resize(height, width, Interpolation.valueOf(parts.group(3).toUpperCase(Locale.ROOT)));
        Goldens.assertSame(GOLDEN.get(name), resized, name);
    }

    @Test
    void oneCropInTwoSizesEqualsTwoCrops() {
        Image8 image = noise(40, 30, 3);
        Box box = new Box(3, 5, 30, 20);
        Resampler both = new Resampler(image, box);
        both.resize(16, 16, Interpolation.BICUBIC);
        assertArrayEquals(
                new Resampler(image, box).resize(9, 7, Interpolation.LANCZOS).pixels(),
                both.resize(9, 7, Interpolation.LANCZOS).pixels());
    }

    @Test
    void greyIsResizedLikeEachChannelOfColour() {
        Image8 grey = noise(23, 31, 1);
        for (Interpolation filter : Interpolation.values()) {
            Image8 small = Resampler.resize(grey, 10, 17, filter);
            assertEquals(1, small.channels());
            assertArrayEquals(
                    small.toRgb().pixels(),
                    Resampler.resize(grey.toRgb(), 10, 17, filter).pixels());
        }
    }

    @Test
    void theSameSizeIsACopyOfTheCrop() {
        Image8 image = noise(8, 9, 3);
        assertArrayEquals(
                image.pixels(),
                Resampler.resize(image, 8, 9, Interpolation.LANCZOS).pixels());
    }

    @Test
    void onePassIsEnoughIfOneSideStays() {
        Image8 image = new Image8(1, 4, 1, new byte[] {0, 100, (byte) 200, 100});
        assertArrayEquals(
                new byte[] {50, (byte) 150},
                Resampler.resize(image, 1, 2, Interpolation.BOX).pixels());
        Image8 upright = new Image8(4, 1, 1, new byte[] {0, 100, (byte) 200, 100});
        assertArrayEquals(
                new byte[] {50, (byte) 150},
                Resampler.resize(upright, 2, 1, Interpolation.BOX).pixels());
    }

    @Test
    void overshootIsCutOffAtBlackAndWhite() {
        Image8 edge = new Image8(1, 4, 1, new byte[] {0, 0, (byte) 255, (byte) 255});
        Image8 wide = Resampler.resize(edge, 1, 16, Interpolation.LANCZOS);
        assertEquals(0, wide.value(0, 5, 0));
        assertEquals(255, wide.value(0, 10, 0));
    }

    @Test
    void nearestTakesTheMiddleOfEachStep() {
        Image8 image = new Image8(1, 4, 1, new byte[] {10, 20, 30, 40});
        assertArrayEquals(
                new byte[] {20, 40},
                Resampler.resize(image, 1, 2, Interpolation.NEAREST).pixels());
        assertArrayEquals(
                new byte[] {10, 10, 20, 20, 30, 30, 40, 40},
                Resampler.resize(image, 1, 8, Interpolation.NEAREST).pixels());
    }

    @Test
    void refusesACropBeyondThePicture() {
        Image8 image = noise(10, 10, 3);
        String message = assertThrows(IllegalArgumentException.class, () -> new Resampler(image, new Box(5, 0, 6, 10)))
                .getMessage();
        assertEquals("a crop of 6 x 10 at 5, 0 is not within the RGB picture 10 x 10", message);
        assertThrows(IllegalArgumentException.class, () -> new Resampler(image, new Box(0, 0, 0, 10)));
        assertThrows(IllegalArgumentException.class, () -> new Resampler(image, new Box(1, 0, Integer.MAX_VALUE, 10)));
    }

    private static Image8 noise(int height, int width, int channels) {
        byte[] pixels = new byte[height * width * channels];
        new Random(1).nextBytes(pixels);
        return new Image8(height, width, channels, pixels);
    }
}
