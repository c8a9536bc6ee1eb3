package io.github.selfsup4j.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.data.Image8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void decodesLosslessFormatsExactly(String format) throws IOException {
        Image8 image = ImageDecoder.decode(PictureFiles.encode(20, 30, format), ColorType.COLOR);
        assertEquals("RGB picture 20 x 30", image.toString());
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 30; x++) {
                int rgb = image.value(y, x, 0) << 16 | image.value(y, x, 1) << 8 | image.value(y, x, 2);
                assertEquals(PictureFiles.rgb(y, x) & 0xffffff, rgb, "pixel " + y + ", " + x);
            }
        }
    }

    @Test
    void decodesPortablePixmapsWithComments() throws IOException {
        byte[] text = "P3\n# made by hand\n2 1\n255\n1 2 3 4 5 6\n".getBytes(StandardCharsets.US_ASCII);
        Image8 image = ImageDecoder.decode(text, ColorType.COLOR);
        assertEquals("RGB picture 1 x 2", image.toString());
        assertEquals(5, image.value(0, 1, 1));
    }

    @Test
    void decodesJpegCloseToWhatWasEncoded() throws IOException {
        Image8 image = ImageDecoder.decode(PictureFiles.encode(64, 48, "jpg"), ColorType.COLOR);
        assertEquals("RGB picture 64 x 48", image.toString());
        assertEquals(250 - 24, image.value(32, 24, 0), 6);
        assertEquals(200 - 32, image.value(32, 24, 1), 6);
        assertEquals(40, image.value(32, 24, 2), 12);
    }

    @Test
    void decodesToGreyIfAsked() throws IOException {
        Image8 image = ImageDecoder.decode(PictureFiles.encode(9, 7, "png"), ColorType.GRAYSCALE);
        assertEquals("grey picture 9 x 7", image.toString());
        assertEquals(0.299 * 250 + 0.587 * 200 + 0.114 * 40, image.value(0, 0, 0), 1);
    }

    @Test
    void namesTheFileItCannotRead() throws IOException {
        Path missing = folder.resolve("missing.jpg");
        assertEquals(missing + ": no such file", message(missing));
        Path empty = Files.write(folder.resolve("empty.jpg"), new byte[0]);
        assertEquals(empty + ": the file is empty", message(empty));
        Path text = Files.writeString(folder.resolve("text.jpg"), "<html>not found</html>");
        assertEquals(
                text + ": it begins with 0x3c68: neither JPEG, PNG, GIF, BMP, TIFF, WebP, PPM nor PGM", message(text));
        Path single = Files.write(folder.resolve("single.jpg"), new byte[] {-1});
        assertEquals(single + ": the header is damaged or cut off", message(single));
    }

    @Test
    void aJpegThatIsCutOffIsNoPicture() throws IOException {
        byte[] whole = PictureFiles.encode(100, 100, "jpg");
        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(
                    IOException.class,
                    () -> ImageDecoder.decode(part, ColorType.COLOR),
                    length + " of " + whole.length + " bytes");
        }
    }

    @Test
    void aJpegMayHaveBytesAfterItsEnd() throws IOException {
        byte[] whole = PictureFiles.encode(10, 10, "jpg");
        assertEquals(
                10,
                ImageDecoder.decode(Arrays.copyOf(whole, whole.length + 100), ColorType.COLOR)
                        .height());
    }

    @Test
    void refusesMorePixelsThanPillowBeforeDecoding() throws IOException {
        byte[] png = PictureFiles.encode(8, 8, "png");
        ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000);
        String message = assertThrows(IOException.class, () -> ImageDecoder.decode(png, ColorType.COLOR))
                .getMessage();
        assertEquals("a picture of 20000 x 20000 pixels is too large; at most 178956970 are allowed", message);
        ByteBuffer.wrap(png).putInt(16, -1).putInt(20, -1);
        assertThrows(IOException.class, () -> ImageDecoder.decode(png, ColorType.COLOR));
    }

    private static String message(Path file) {
        return assertThrows(IOException.class, () -> ImageDecoder.decode(file, ColorType.COLOR))
                .getMessage();
    }
}
