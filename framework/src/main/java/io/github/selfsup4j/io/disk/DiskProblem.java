package io.github.selfsup4j.io.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong with a file, in words: the messages of Java's exceptions are often nothing but its path. */
public final class DiskProblem {
    private DiskProblem() {}

    /** The reason alone, without a path: {@code no such file or folder}, {@code No space left on device}. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException missing && missing.getReason() == null) {
            return "no such file or folder";
        } else if (e instanceof NotDirectoryException) {
            return "not a folder";
        } else if (e instanceof DirectoryNotEmptyException) {
            return "it is a folder with files in it";
        } else if (e instanceof FileAlreadyExistsException) {
            return "something else is in its place";
        } else if (e instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
