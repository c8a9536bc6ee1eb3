package io.github.selfsup4j.imaging.jpeg;

import java.io.Serial;

/** A file that is left to a decoder for everything: damaged, or of a variant that cameras and data sets hardly use. */
final class UnusualJpegException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    UnusualJpegException(String message) {
        super(message);
    }
}
