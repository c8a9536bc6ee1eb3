package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Goldens;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Padding;
import io.github.selfsup4j.imaging.ResamplerTest;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureTransformsTest {
    private static final Map<String, HostTensor> FLOATS = Goldens.load(PictureTransformsTest.class, "floats.npz");
    private static final Map<String, HostTensor> CROPS = Goldens.load(ResamplerTest.class, "resized_crop.npz");
    private static final Map<String, HostTensor> OPS = Goldens.load(ResamplerTest.class, "ops.npz");

    @Test
    void tensorsAreTorchvisions() {
        Sample sample = new Sample().put("img", Goldens.image(FLOATS.get("base1")));
        new ToTensor().apply(sample, null);
        assertArrayEquals(FLOATS.get("base1_to_tensor").toFloats(), ((FloatArray) sample.get("img")).values());
        assertArrayEquals(new long[] {3, 64, 64}, ((FloatArray) sample.get("img")).shape());
        normalize().apply(sample, null);
        assertArrayEquals(FLOATS.get("base1_normalize").toFloats(), ((FloatArray) sample.get("img")).values());
    }

    @Test
    void normalizeRefusesOtherNumbersOfChannels() {
        Sample grey = new Sample().put("img", new FloatArray(new float[4], 1, 2, 2));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> normalize().apply(grey, null))
                .getMessage();
        assertEquals("Normalize has 3 means for an image of 1 channels", message);
    }

    @Test
    void resizeKeepsProportionsAsTorchvisionDoes() {
        Goldens.assertSame(
                CROPS.get("img1_resize64_bilinear"),
                through(resize(64, Interpolation.BILINEAR), CROPS.get("img1")),
                "img1");
        Goldens.assertSame(
                CROPS.get("img4_resize64_bilinear"),
                through(resize(64, Interpolation.BILINEAR), CROPS.get("img4")),
                "img4");
    }

    @Test
    void centerCropTakesTheMiddleAsTorchvisionDoes() {
        for (String name : new String[] {"img1", "img4"}) {
            Sample sample = new Sample().put("img", Goldens.image(CROPS.get(name)));
            resize(64, Interpolation.BICUBIC).apply(sample, null);
            centerCrop(56).apply(sample, null);
            Goldens.assertSame(CROPS.get(name + "_resize64_bicubic_centercrop56"), sample.image("img"), name);
        }
    }

    @Test
    void centerCropFramesWhatIsTooSmall() {
        Sample sample = new Sample().put("img", new Image8(1, 2, 1, new byte[] {5, 6}));
        centerCrop(3).apply(sample, null);
        assertArrayEquals(
                new byte[] {0, 0, 0, 5, 6, 0, 0, 0, 0}, sample.image("img").pixels());
    }

    @Test
    void flipIsTorchvisionsAndHappensAsOftenAsAskedFor() {
        RandomHorizontalFlip.Config config = new RandomHorizontalFlip.Config();
        config.p = 1;
        Goldens.assertSame(
                OPS.get("base0_hflip"), through(new RandomHorizontalFlip(config), OPS.get("base0")), "flipped");
        config.p = 0;
        Goldens.assertSame(
                OPS.get("base0"), through(new RandomHorizontalFlip(config), OPS.get("base0")), "not flipped");
        config.p = 0.25;
        Transform sometimes = new RandomHorizontalFlip(config);
        int flipped = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Sample sample = new Sample().put("img", new Image8(1, 2, 1, new byte[] {0, 1}));
            sometimes.apply(sample, RandomStream.of(seed));
            flipped += sample.image("img").value(0, 0, 0);
        }
        assertEquals(250, flipped, 70);
    }

    @Test
    void grayscaleIsTorchvisions() {
        Grayscale.Config config = new Grayscale.Config();
        config.numOutputChannels = 3;
        Goldens.assertSame(OPS.get("base0_grayscale"), through(new Grayscale(config), OPS.get("base0")), "3 channels");
        config.numOutputChannels = 1;
        assertEquals(1, through(new Grayscale(config), OPS.get("base0")).channels());
    }

    @Test
    void padFramesInEveryMode() {
        assertArrayEquals(new byte[] {9, 9, 1, 2, 3, 9}, padded(Padding.Mode.CONSTANT));
        assertArrayEquals(new byte[] {1, 1, 1, 2, 3, 3}, padded(Padding.Mode.EDGE));
        assertArrayEquals(new byte[] {3, 2, 1, 2, 3, 2}, padded(Padding.Mode.REFLECT));
        assertArrayEquals(new byte[] {2, 1, 1, 2, 3, 3}, padded(Padding.Mode.SYMMETRIC));
    }

    @Test
    void padCountsLeftTopRightBottom() {
        Image8 image = new Padding(1, 2, 0, 1).apply(new Image8(1, 1, 1, new byte[] {7}), Padding.Mode.CONSTANT, 0);
        assertEquals("grey picture 4 x 2", image.toString());
        assertEquals(7, image.value(2, 1, 0));
    }

    @Test
    void twoPicturesAreOneCropInTwoSizes() {
        RandomResizedCropAndInterpolationWithTwoPic.Config config =
                new RandomResizedCropAndInterpolationWithTwoPic.Config();
        config.size = Size.square(16);
        config.secondSize = new Size(8, 4);
        config.interpolation = RandomInterpolation.always(Interpolation.BICUBIC);
        config.secondInterpolation = Interpolation.BICUBIC;
        config.scale = new Range(0.2, 0.3);
        Sample sample = new Sample().put("img", gradient());
        new RandomResizedCropAndInterpolationWithTwoPic(config).apply(sample, RandomStream.of(3));
        Image8 first = sample.image("img");
        Image8 second = sample.image("img_target");
        assertEquals("grey picture 16 x 16", first.toString());
        assertEquals("grey picture 8 x 4", second.toString());
        for (int corner : new int[] {0, 1}) {
            assertEquals(
                    first.value(15 * corner, 8, 0),
                    second.value(7 * corner, 2, 0),
                    6,
                    "both begin and end at the same rows");
        }
    }

    @Test
    void withoutASecondSizeThereIsOnePicture() {
        RandomResizedCropAndInterpolationWithTwoPic.Config config =
                new RandomResizedCropAndInterpolationWithTwoPic.Config();
        config.size = Size.square(16);
        Sample sample = new Sample().put("img", gradient());
        new RandomResizedCropAndInterpolationWithTwoPic(config).apply(sample, RandomStream.of(3));
        assertEquals("[img]", sample.names().toString());
    }

    /** 100 rows, row by row brighter by two. */
    private static Image8 gradient() {
        byte[] pixels = new byte[100 * 100];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (2 * (i / 100));
        }
        return new Image8(100, 100, 1, pixels);
    }

    private static byte[] padded(Padding.Mode mode) {
        Pad.Config config = new Pad.Config();
        config.padding = new Padding(2, 0, 1, 0);
        config.paddingMode = mode;
        config.fill = 9;
        Sample sample = new Sample().put("img", new Image8(1, 3, 1, new byte[] {1, 2, 3}));
        new Pad(config).apply(sample, null);
        return sample.image("img").pixels();
    }

    private static Image8 through(Transform transform, HostTensor image) {
        Sample sample = new Sample().put("img", Goldens.image(image));
        transform.apply(sample, RandomStream.of(1));
        return sample.image("img");
    }

    private static Transform normalize() {
        Normalize.Config config = new Normalize.Config();
        config.mean = new float[] {0.485f, 0.456f, 0.406f};
        config.std = new float[] {0.229f, 0.224f, 0.225f};
        return new Normalize(config);
    }

    private static Transform resize(int shorter, Interpolation interpolation) {
        Resize.Config config = new Resize.Config();
        config.size = new TargetSize(Size.square(shorter), true);
        config.interpolation = interpolation;
        return new Resize(config);
    }

    private static Transform centerCrop(int side) {
        CenterCrop.Config config = new CenterCrop.Config();
        config.size = Size.square(side);
        return new CenterCrop(config);
    }
}
