package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.io.disk.DiskProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Text files that name a picture per line, with a class index or without. */
public final class Annotations {
    private Annotations() {}

    /** How a line is understood. */
    public interface Line {
        /**
         * Adds what a line says.
         *
         * @throws IllegalArgumentException if it says nothing sensible; the message says what was expected
         */
        void read(String line, ImageFiles into);
    }

    /**
     * Reads such files; empty lines are left out.
     *
     * @param folder what the pictures' names are relative to
     * @throws IOException if a file can't be read, a line is wrong, or there is no picture; the message names file and
     *     line
     */
    public static ImageFiles read(List<Path> files, Line format, Path folder) throws IOException {
        ImageFiles pictures = new ImageFiles(folder);
        for (Path file : files) {
            read(file, format, pictures);
        }
        if (pictures.size() == 0) {
            throw new IOException("ann_file " + files + " names no pictures");
        }
        return pictures;
    }

    private static void read(Path file, Line format, ImageFiles into) throws IOException {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    format.read(line.strip(), into);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("ann_file " + file.toAbsolutePath() + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IOException("ann_file " + file.toAbsolutePath() + " is no UTF-8 text", e);
        } catch (IOException e) {
            throw new IOException("ann_file " + file.toAbsolutePath() + " can't be read: " + DiskProblem.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
        }
    }

    /**
     * A class index.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static int label(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected 'FILE CLASS_INDEX', found '" + text + "' for a class index", e);
        }
    }
}
