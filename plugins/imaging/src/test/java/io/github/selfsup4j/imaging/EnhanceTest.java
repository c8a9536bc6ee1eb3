package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours and blur are torchvision's and Pillow's, byte by byte. */
class EnhanceTest {
    private static final Map<String, HostTensor> OPS = Goldens.load(EnhanceTest.class, "ops.npz");

    @ParameterizedTest
    @ValueSource(strings = {"0.6", "1.4"})
    void brightnessContrastAndSaturationArePillows(double factor) {
        assertEqualsReference("brightness", factor, Enhance::brightness);
        assertEqualsReference("contrast", factor, Enhance::contrast);
        assertEqualsReference("saturation", factor, Enhance::saturation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "0.1", "0.5"})
    void hueIsTorchvisions(double turn) {
        assertEqualsReference("hue", turn, Hue::turn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.7", "1.5", "2.0"})
    void blurIsPillows(double sigma) {
        assertEqualsReference("gaussian_blur", sigma, (image, s) -> new GaussianFilter(s).apply(image));
    }

    @Test
    void solarizationIsTheReferences() {
        assertEqualsReference("solarization", 60, (image, threshold) -> Levels.solarize(image, threshold), "60");
        assertEqualsReference("solarization", 128, (image, threshold) -> Levels.solarize(image, threshold), "128");
    }

    @Test
    void changesInOneOrderAreNotThoseInAnother() {
        for (String order : new String[] {"bcsh", "hscb", "cbhs"}) {
            for (String base : new String[] {"base0", "base2"}) {
                Image8 image = Goldens.image(OPS.get(base));
                for (int i = 0; i < order.length(); i++) {
                    char change = order.charAt(i);
                    image = switch (change) {
                        case 'b' -> Enhance.brightness(image, 1.25);
                        case 'c' -> Enhance.contrast(image, 0.8);
                        case 's' -> Enhance.saturation(image, 1.3);
                        default -> Hue.turn(image, -0.07);
                    };
                }
                Goldens.assertSame(OPS.get(base + "_jitter_" + order), image, base + " " + order);
            }
        }
    }

    @Test
    void blurReachesBeyondPicturesThatAreSmallerThanItsBox() {
        Image8 three = new Image8(1, 3, 1, new byte[] {0, (byte) 240, 60});
        assertArrayEquals(
                new byte[] {81, 86, 91}, new GaussianFilter(2).apply(three).pixels());
        assertArrayEquals(
                new byte[] {32, 33, 33}, new GaussianFilter(40).apply(three).pixels());
    }

    @Test
    void greyPicturesHaveNoColourToChange() {
        Image8 grey = new Image8(1, 2, 1, new byte[] {10, 20});
        assertSame(grey, Hue.turn(grey, 0.3));
        assertSame(grey, Enhance.saturation(grey, 0.3));
        assertArrayEquals(new byte[] {5, 10}, Enhance.brightness(grey, 0.5).pixels());
        assertArrayEquals(new byte[] {15, 15}, Enhance.contrast(grey, 0).pixels());
    }

    private static void assertEqualsReference(
            String operation, double parameter, BiFunction<Image8, Double, Image8> ours) {
        assertEqualsReference(operation, parameter, ours, String.valueOf(parameter));
    }

    private static void assertEqualsReference(
            String operation, double parameter, BiFunction<Image8, Double, Image8> ours, String suffix) {
        for (String base : new String[] {"base0", "base2"}) {
            String name = base + "_" + operation + "_" + suffix;
            Goldens.assertSame(OPS.get(name), ours.apply(Goldens.image(OPS.get(base)), parameter), name);
        }
    }
}
