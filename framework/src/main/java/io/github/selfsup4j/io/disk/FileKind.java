package io.github.selfsup4j.io.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a weights file is, judged by its first bytes. */
public enum FileKind {
    /** A .pth checkpoint or .npz arrays. */
    ZIP("a zip archive"),
    SAFETENSORS("a safetensors file"),
    /** Before the zip format of PyTorch 1.6. */
    LEGACY_TORCH("a checkpoint in PyTorch's format from before 1.6"),
    LEGACY_TAR("a tar archive, PyTorch's format from before 0.4; in Python, torch.save(torch.load(FILE), NEW_FILE)"
            + " rewrites it"),
    NPY("a single .npy array; numpy.savez makes an .npz of it"),
    HDF5("an HDF5 file, as Keras writes it"),
    HTML("an HTML page: the download gave an error page in place of the weights"),
    LFS_POINTER("a Git LFS pointer: fetch the real file with git lfs pull"),
    EMPTY("an empty file"),
    UNKNOWN("neither a zip archive nor safetensors by its first bytes");

    private static final int HEAD = 512;
    private static final int TAR_MAGIC_AT = 257;

    private final String description;

    FileKind(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    public void require(FileKind expected, Path path, String expectedName) {
        if (this != expected) {
            throw new FormatException(path, description, expectedName);
        }
    }

    public static FileKind of(MappedFile file) throws IOException {
        ByteBuffer slice = file.slice(0, Math.min(HEAD, file.size()));
        byte[] bytes = new byte[slice.remaining()];
        slice.get(bytes);
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        if (head.isEmpty()) {
            return EMPTY;
        } else if (head.startsWith("PK\3\4") || head.startsWith("PK\5\6")) {
            return ZIP;
        } else if (head.startsWith("\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019")) {
            return LEGACY_TORCH;
        } else if (head.length() > 8 && head.charAt(8) == '{') {
            return SAFETENSORS;
        } else if (head.startsWith("ustar", TAR_MAGIC_AT)) {
            return LEGACY_TAR;
        } else if (head.startsWith("\u0093NUMPY")) {
            return NPY;
        } else if (head.startsWith("\u0089HDF")) {
            return HDF5;
        } else if (head.stripLeading().regionMatches(true, 0, "<!doctype html", 0, 14)
                || head.stripLeading().regionMatches(true, 0, "<html", 0, 5)) {
            return HTML;
        } else if (head.startsWith("version https://git-lfs")) {
            return LFS_POINTER;
        }
        return UNKNOWN;
    }
}
