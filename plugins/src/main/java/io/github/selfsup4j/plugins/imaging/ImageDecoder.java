package io.github.selfsup4j.plugins.imaging;

import io.github.selfsup4j.data.Image8;

import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Decodes JPEG, PNG, BMP, TIFF, PPM and PGM files. JPEG gives the same bytes as Pillow; the orientation
 * that a camera noted is ignored.
 */
public final class ImageDecoder {
    /** Twice {@code PIL.Image.MAX_IMAGE_PIXELS}, where Pillow refuses a picture as well. */
    private static final long MOST_PIXELS = 178_956_970;
    private static final long LARGEST_FILE = 1L << 30;

    private ImageDecoder() {}

    /**
     * Decodes a file.
     *
     * @throws IOException if it can't be read or decoded; the message begins with the path
     */
    public static Image8 decode(Path file, ColorType type) throws IOException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException("too large for a picture: " + Files.size(file) + " bytes");
            }
            return decode(Files.readAllBytes(file), type);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Decodes the bytes of a file.
     *
     * @throws IOException if they are no picture, a damaged one, or one of more than 178,956,970 pixels
     */
    public static Image8 decode(byte[] bytes, ColorType type) throws IOException {
        ImageHeader header = ImageHeader.of(bytes);
        if (header.height() * header.width() > MOST_PIXELS || Math.max(header.height(), header.width()) > MOST_PIXELS) {
            throw new IOException("a picture of " + header.height() + " x " + header.width() + " pixels is too large");
        }
        OpenCv.load();
        MatOfByte file = new MatOfByte(bytes);
        Mat decoded = null;
        try {
            decoded = Imgcodecs.imdecode(file, flags(type));
            return toImage(decoded, type);
        } catch (CvException e) {
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
