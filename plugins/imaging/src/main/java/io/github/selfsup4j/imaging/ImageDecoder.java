package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.imaging.jpeg.JpegDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Decodes JPEG, PNG, GIF, BMP, TIFF, WebP, PPM and PGM files, to what Pillow's {@code Image.open(file).convert("RGB")}
 * gives: transparency is left out, of an animation the first picture is taken, and the orientation that a camera noted
 * is ignored. TIFF files with transparency, of 16 bits or of inks, and PPM and PGM files whose largest value is not 255
 * are decoded too, but may differ from Pillow; animated WebP files are not. Nothing is decoded whose header announces
 * more pixels than are allowed.
 */
public final class ImageDecoder {
    /** Twice {@code PIL.Image.MAX_IMAGE_PIXELS}, where Pillow refuses a picture as well. */
    public static final long MOST_PIXELS = 178_956_970;

    private static final long LARGEST_FILE = 1L << 30;
    /** In its messages; the picture is not to blame. */
    private static final String OPENCV_NO_MEMORY = "Insufficient memory";

    private ImageDecoder() {}

    /**
     * Decodes a file of at most {@link #MOST_PIXELS}.
     *
     * @throws IOException if it can't be read or decoded; the message begins with the path
     */
    public static Image8 decode(Path file, ColorType type) throws IOException {
        return decode(file, type, MOST_PIXELS);
    }

    /**
     * Decodes a file.
     *
     * @param mostPixels a picture of more is not decoded
     * @throws IOException if it can't be read or decoded; the message begins with the path
     */
    public static Image8 decode(Path file, ColorType type, long mostPixels) throws IOException {
        try {
            return open(file, type, mostPixels).decoded();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads a file. A JPEG file is decoded later, and only as far as it is needed.
     *
     * @param mostPixels a picture of more is not decoded
     * @throws IOException if it can't be read, is no picture, or has too many pixels; the message begins with the path
     */
    public static Picture open(Path file, ColorType type, long mostPixels) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("a folder, not a picture");
            } else if (Files.size(file) > LARGEST_FILE) {
                throw new IOException("too large for a picture: " + Files.size(file) + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            ImageHeader header = header(bytes, mostPixels);
            return header.format() == PictureFormat.JPEG
                    ? JpegPicture.of(file, bytes, header, type)
                    : decode(bytes, header, type);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    file + ": " + (Files.isSymbolicLink(file) ? "a link that leads nowhere" : "no such file"), e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + ": permission denied", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Decodes the bytes of a file of at most {@link #MOST_PIXELS}.
     *
     * @throws IOException if they can't be decoded
     */
    public static Image8 decode(byte[] bytes, ColorType type) throws IOException {
        return decode(bytes, type, MOST_PIXELS);
    }

    /**
     * Decodes the bytes of a file.
     *
     * @throws IOException if they are no picture, a damaged one, or one of too many pixels
     */
    public static Image8 decode(byte[] bytes, ColorType type, long mostPixels) throws IOException {
        return decode(bytes, header(bytes, mostPixels), type);
    }

    private static Image8 decode(byte[] bytes, ImageHeader header, ColorType type) throws IOException {
        return switch (header.format()) {
            case JPEG -> decodeJpeg(bytes, type, new Box(0, 0, (int) header.height(), (int) header.width()));
            case PNG -> type.convert(PngDecoder.decode(bytes));
            case GIF -> type.convert(GifDecoder.decode(bytes, header));
            case CMYK_JPEG -> type.convert(CmykJpeg.decode(bytes));
            default -> decodeByOpenCv(bytes, type);
        };
    }

    /** Decodes a part of a JPEG file; OpenCV knows every variant and what to make of damaged ones, but takes longer. */
    static Image8 decodeJpeg(byte[] bytes, ColorType type, Box box) throws IOException {
        Optional<Image8> part = type == ColorType.COLOR ? JpegDecoder.decode(bytes, box) : Optional.empty();
        return part.isPresent() ? part.get().toRgb() : box.of(decodeByOpenCv(bytes, type));
    }

    /** Before anything is decoded: a few bytes can announce a picture that no memory holds. */
    private static ImageHeader header(byte[] bytes, long mostPixels) throws IOException {
        ImageHeader header = ImageHeader.of(bytes);
        long most = Math.min(mostPixels, Integer.MAX_VALUE / 3);
        if (header.height() * header.width() > most || Math.max(header.height(), header.width()) > most) {
            throw new IOException("a picture of " + header.height() + " x " + header.width()
                    + " pixels is too large; at most " + most + " are allowed");
        }
        return header;
    }

    static Image8 decodeByOpenCv(byte[] bytes, ColorType type) throws IOException {
        OpenCv.load();
        MatOfByte file = new MatOfByte(bytes);
        Mat decoded = null;
        try {
            decoded = Imgcodecs.imdecode(file, flags(type));
            return toImage(decoded, type);
        } catch (CvException e) {
            if (e.getMessage().contains(OPENCV_NO_MEMORY)) {
                throw new OutOfMemoryError(e.getMessage());
            }
            throw new IOException("can't be decoded: " + e.getMessage(), e);
        } finally {
            file.release();
            if (decoded != null) {
                decoded.release();
            }
        }
    }

    private static int flags(ColorType type) {
        int channels = type == ColorType.COLOR ? Imgcodecs.IMREAD_COLOR : Imgcodecs.IMREAD_GRAYSCALE;
        return channels | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
    }

    private static Image8 toImage(Mat decoded, ColorType type) throws IOException {
        int channels = type == ColorType.COLOR ? 3 : 1;
        if (decoded.empty() || decoded.type() != CvType.CV_8UC(channels)) {
            throw new IOException("can't be decoded: damaged, or of a variant that OpenCV does not know");
        }
        if (channels == 3) {
            Imgproc.cvtColor(decoded, decoded, Imgproc.COLOR_BGR2RGB);
        }
        byte[] pixels = new byte[decoded.rows() * decoded.cols() * channels];
        decoded.get(0, 0, pixels);
        return new Image8(decoded.rows(), decoded.cols(), channels, pixels);
    }
}
