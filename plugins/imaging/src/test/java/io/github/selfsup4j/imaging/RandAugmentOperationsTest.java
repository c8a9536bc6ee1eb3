package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What RandAugment is made of is Pillow's, byte by byte. Names are {@code base_operation_parameter_filter}. */
class RandAugmentOperationsTest {
    private static final Map<String, HostTensor> OPS =
            Goldens.load(RandAugmentOperationsTest.class, "rand_augment.npz");
    private static final int[] FILL = {124, 116, 104};

    static Stream<String> operations() {
        return OPS.keySet().stream().filter(name -> name.contains("_")).sorted();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isPillows(String name) {
        Image8 base = Goldens.image(OPS.get(name.substring(0, name.indexOf('_'))));
        String[] parts =
                name.substring(name.indexOf('_') + 1).replaceFirst("^ra_", "").split("_(?=-?\\d)");
        Goldens.assertSame(OPS.get(name), changed(base, parts[0], parts.length == 1 ? "" : parts[1]), name);
    }

    private static Image8 changed(Image8 image, String operation, String how) {
        double value = how.isEmpty() ? 0 : Double.parseDouble(how.replaceFirst("_.*", ""));
        Interpolation filter = how.contains("_")
                ? Interpolation.valueOf(how.replaceFirst(".*_", "").toUpperCase(Locale.ROOT))
                : null;
        return switch (operation) {
            case "autocontrast" -> Levels.autocontrast(image);
            case "equalize" -> Levels.equalize(image);
            case "invert" -> Levels.invert(image);
            case "posterize" -> Levels.posterize(image, (int) value);
            case "solarize" -> Levels.solarize(image, value);
            case "solarize_add" -> Levels.solarizeAdd(image, (int) value, 128);
            case "color" -> Enhance.saturation(image, value);
            case "contrast" -> Enhance.contrast(image, value);
            case "brightness" -> Enhance.brightness(image, value);
            case "sharpness" -> Enhance.sharpness(image, value);
            case "rotate" -> Affine.rotation(value, image).apply(image, filter, FILL);
            case "shear_x" -> Affine.shearX(value).apply(image, filter, FILL);
            case "shear_y" -> Affine.shearY(value).apply(image, filter, FILL);
            case "translate_x" -> Affine.translation(value, 0).apply(image, filter, FILL);
            case "translate_y" -> Affine.translation(0, value).apply(image, filter, FILL);
            default -> throw new AssertionError("no operation " + operation);
        };
    }

    @Test
    void onePlainColourHasNeitherContrastNorHistogramToEqualize() {
        Image8 plain = new Image8(1, 2, 3, new byte[] {9, 8, 7, 9, 8, 7});
        assertArrayEquals(plain.pixels(), Levels.autocontrast(plain).pixels());
        assertArrayEquals(plain.pixels(), Levels.equalize(plain).pixels());
    }

    @Test
    void posterizeKeepsFromNothingToEverything() {
        Image8 image = new Image8(1, 2, 1, new byte[] {(byte) 255, 77});
        assertArrayEquals(new byte[] {0, 0}, Levels.posterize(image, -3).pixels());
        assertArrayEquals(new byte[] {0, 0}, Levels.posterize(image, 0).pixels());
        assertArrayEquals(image.pixels(), Levels.posterize(image, 8).pixels());
        assertArrayEquals(image.pixels(), Levels.posterize(image, 11).pixels());
    }

    @Test
    void sharpnessLeavesPicturesWithoutAnInsideAlone() {
        Image8 two = new Image8(3, 2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        assertArrayEquals(two.pixels(), Enhance.sharpness(two, 0.1).pixels());
    }

    @Test
    void wholeAndNegativeTurnsAreTurns() {
        Image8 square = new Image8(2, 2, 1, new byte[] {1, 2, 3, 4});
        for (Interpolation filter :
                new Interpolation[] {Interpolation.NEAREST, Interpolation.BILINEAR, Interpolation.BICUBIC}) {
            assertArrayEquals(
                    new byte[] {2, 4, 1, 3},
                    Affine.rotation(90, square).apply(square, filter, FILL).pixels());
            assertArrayEquals(
                    new byte[] {3, 1, 4, 2},
                    Affine.rotation(-90, square).apply(square, filter, FILL).pixels());
            assertArrayEquals(
                    square.pixels(),
                    Affine.rotation(360, square).apply(square, filter, FILL).pixels());
        }
    }

    @Test
    void otherFiltersAreRefused() {
        Image8 one = new Image8(1, 1, 1, new byte[1]);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Affine.shearX(1).apply(one, Interpolation.LANCZOS, FILL))
                .getMessage();
        assertEquals("pictures are transformed by nearest, bilinear or bicubic, not by lanczos", message);
    }
}
