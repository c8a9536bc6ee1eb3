package io.github.selfsup4j.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The link {@code latest.pth} to the newest checkpoint of a folder. */
final class LatestCheckpoint {
    private static final String NAME = "latest.pth";

    private LatestCheckpoint() {}

    /**
     * Lets the link point at a checkpoint beside it; at every moment it points at a whole one. Where there
     * are no links, it is a copy.
     */
    static void set(Path checkpoint) throws IOException {
        Path temporary = checkpoint.resolveSibling(NAME + ".new");
        Files.deleteIfExists(temporary);
        try {
            Files.createSymbolicLink(temporary, checkpoint.getFileName());
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.copy(checkpoint, temporary);
        }
        Files.move(temporary, checkpoint.resolveSibling(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
