package io.github.selfsup4j.imaging;

import java.util.Random;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/** JPEG files of every variant that OpenCV can write, of noise on gradients. */
final class JpegFiles {
    static final int FULL_COLOURS = 0x111111;
    static final int HALF_ACROSS = 0x211111;
    static final int HALF_BOTH_WAYS = 0x221111;
    static final int HALF_DOWN = 0x121111;

    private JpegFiles() {}

    /** @param keys OpenCV's parameters and their values */
    static byte[] encode(int height, int width, int channels, int... keys) {
        OpenCv.load();
        byte[] pixels = new byte[height * width * channels];
        Random random = new Random(31L * height + width);
        for (int i = 0; i < pixels.length; i++) {
            int x = i / channels % width;
            int y = i / channels / width;
            pixels[i] = (byte) Math.max(
                    0, Math.min(255, (x * 3 + y * 2 * (1 + i % channels)) % 256 + (int) (40 * random.nextGaussian())));
        }
        Mat image = new Mat(height, width, CvType.CV_8UC(channels));
        MatOfByte file = new MatOfByte();
        image.put(0, 0, pixels);
        Imgcodecs.imencode(".jpg", image, file, new MatOfInt(keys));
        return file.toArray();
    }
}
