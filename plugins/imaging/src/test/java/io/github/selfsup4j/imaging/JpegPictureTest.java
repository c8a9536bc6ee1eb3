package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.imaging.jpeg.JpegDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.imgcodecs.Imgcodecs;

class JpegPictureTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 3, 95",
        "8, 8, 3, 95",
        "7, 9, 3, 100",
        "65, 130, 3, 75",
        "130, 65, 3, 20",
        "17, 33, 1, 90",
        "64, 48, 1, 100",
        "300, 200, 3, 3"
    })
    void everyPartIsByteByByteThatOfLibjpeg(int height, int width, int channels, int quality) throws IOException {
        for (int sampling : new int[] {JpegFiles.FULL_COLOURS, JpegFiles.HALF_ACROSS, JpegFiles.HALF_BOTH_WAYS}) {
            byte[] file = JpegFiles.encode(
                    height,
                    width,
                    channels,
                    Imgcodecs.IMWRITE_JPEG_QUALITY,
                    quality,
                    Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
                    sampling);
            boolean tooNarrow = channels == 3 && sampling != JpegFiles.FULL_COLOURS && width <= 4;
            assertPartsAreLibjpegs(file, !tooNarrow);
        }
    }

    @Test
    void restartMarkersAndTablesOfThePictureItselfAreUsual() throws IOException {
        assertPartsAreLibjpegs(JpegFiles.encode(90, 110, 3, Imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 3), true);
        assertPartsAreLibjpegs(JpegFiles.encode(90, 110, 3, Imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1), true);
    }

    @Test
    void unusualVariantsAreLeftToOpenCv() throws IOException {
        assertPartsAreLibjpegs(JpegFiles.encode(90, 110, 3, Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1), false);
        assertPartsAreLibjpegs(
                JpegFiles.encode(90, 110, 3, Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR, JpegFiles.HALF_DOWN), false);
    }

    /** @param usual whether it is decoded here, without OpenCV */
    private static void assertPartsAreLibjpegs(byte[] file, boolean usual) throws IOException {
        Image8 whole = ImageDecoder.decodeByOpenCv(file, ColorType.COLOR);
        Random random = new Random(7);
        for (int i = 0; i < 12; i++) {
            int height = i == 0 ? whole.height() : 1 + random.nextInt(whole.height());
            int width = i == 0 ? whole.width() : 1 + random.nextInt(whole.width());
            Box box = new Box(
                    random.nextInt(whole.height() - height + 1),
                    random.nextInt(whole.width() - width + 1),
                    height,
                    width);
            assertEquals(usual, JpegDecoder.decode(file, box).isPresent());
            assertArrayEquals(
                    box.of(whole).pixels(),
                    ImageDecoder.decodeJpeg(file, ColorType.COLOR, box).pixels(),
                    box.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 50})
    void dataThatEndEarlyOrDifferAreLeftToOpenCv(int part) {
        byte[] file = JpegFiles.encode(120, 100, 3);
        Box whole = new Box(0, 0, 120, 100);
        int from = file.length - file.length / part;
        assertTrue(JpegDecoder.decode(Arrays.copyOf(file, from), whole).isEmpty());
        byte[] damaged = file.clone();
        Arrays.fill(damaged, from, Math.min(file.length, from + 40), (byte) 0xff);
        assertTrue(JpegDecoder.decode(damaged, whole).isEmpty());
    }

    @Test
    void whatIsBelowAPartDoesNotMatterForIt() {
        byte[] file = JpegFiles.encode(120, 100, 3);
        Box top = new Box(0, 10, 30, 50);
        byte[] expected = JpegDecoder.decode(file, top).orElseThrow().pixels();
        assertArrayEquals(
                expected,
                JpegDecoder.decode(Arrays.copyOf(file, file.length * 2 / 3), top)
                        .orElseThrow()
                        .pixels());
    }

    @Test
    void aFlippedFileGivesTheCropsOfTheFlippedPicture() throws IOException {
        Path file = Files.write(folder.resolve("a.jpg"), JpegFiles.encode(70, 90, 3));
        Picture picture = ImageDecoder.open(file, ColorType.COLOR, ImageDecoder.MOST_PIXELS);
        assertInstanceOf(JpegPicture.class, picture);
        Image8 decoded = ImageDecoder.decode(file, ColorType.COLOR);
        assertArrayEquals(
                decoded.flipped().crop(5, 3, 40, 61).pixels(),
                picture.flipped().crop(5, 3, 40, 61).pixels());
        assertArrayEquals(
                decoded.crop(5, 3, 40, 61).pixels(),
                picture.flipped().flipped().crop(5, 3, 40, 61).pixels());
        assertArrayEquals(
                decoded.flipped().pixels(), picture.flipped().decoded().pixels());
        assertEquals(
                "a crop of 40 x 90 at 31, 0 is not within the JPEG picture 70 x 90",
                assertThrows(IllegalArgumentException.class, () -> picture.crop(31, 0, 40, 90))
                        .getMessage());
    }
}
