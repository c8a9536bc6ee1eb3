package io.github.selfsup4j.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The pictures that can't be read: each is told once and, in a run, kept in a file of lines {@code {"path": "...",
 * "reason": "..."}}. Called from several threads at once.
 */
public final class BadImages {
    /** Name of the file in the folder of a run. */
    public static final String FILE = "bad_images.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> file;
    private final Consumer<String> warnings;
    private final Set<String> known = new HashSet<>();

    private BadImages(Optional<Path> file, Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    /** Bad images that are only told. */
    public static BadImages told(Consumer<String> warnings) {
        return new BadImages(Optional.empty(), warnings);
    }

    /** Bad images that are told and kept in a file, which is left alone until {@link #begin}. */
    public static BadImages kept(Path file, Consumer<String> warnings) {
        return new BadImages(Optional.of(file), warnings);
    }

    /**
     * Called when the folder of the run is this process's own.
     *
     * @param resumed whether an earlier run goes on: then what its file has stays, and is not told again
     * @throws IOException if the file can't be read or removed
     */
    public synchronized void begin(boolean resumed) throws IOException {
        if (file.isPresent() && resumed && Files.exists(file.get())) {
            readKnown(file.get());
        } else if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    /** A last line that was cut off is removed. */
    private void readKnown(Path file) throws IOException {
        StringBuilder whole = new StringBuilder();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            path(line).ifPresent(path -> {
                known.add(path);
                whole.append(line).append('\n');
            });
        }
        Files.writeString(file, whole);
    }

    private static Optional<String> path(String line) {
        try {
            return Optional.ofNullable(JSON.readTree(line).get("path")).map(JsonNode::asText);
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }

    /**
     * Remembers a picture.
     *
     * @param path where it is
     * @param reason why it can't be read, for a person
     */
    public synchronized void add(String path, String reason) {
        if (!known.add(path)) {
            return;
        }
        warnings.accept("can't read a picture, another one takes its place: " + path + ": " + reason);
        if (file.isPresent()) {
            String line = JSON.createObjectNode().put("path", path).put("reason", reason) + "\n";
            try {
                Files.writeString(file.get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                warnings.accept("can't write to " + file.get() + ": " + e.getMessage());
            }
        }
    }
}
