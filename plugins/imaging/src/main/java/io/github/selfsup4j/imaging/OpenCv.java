package io.github.selfsup4j.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import nu.pattern.OpenCV;
import org.opencv.core.Core;

/** Loads OpenCV's native library on first use: it takes most of a second, and many runs decode nothing. */
final class OpenCv {
    private OpenCv() {}

    /** @throws UnsatisfiedLinkError if there is no library for this machine */
    static void load() {
        Loaded.ensure();
    }

    private static final class Loaded {
        static {
            loadAlone();
            NativeMessages.silence();
            Core.setNumThreads(1); // pictures are decoded in parallel already
        }

        static void ensure() {}
    }

    /**
     * The loader unpacks the library to a temporary folder and removes those of others, so only one process at a time.
     */
    private static void loadAlone() {
        Path lock = Path.of(
                System.getProperty("java.io.tmpdir"), "selfsup4j-opencv-" + System.getProperty("user.name") + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            OpenCV.loadLocally();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't write to the folder for temporary files, where OpenCV is unpacked", e);
        }
    }
}
