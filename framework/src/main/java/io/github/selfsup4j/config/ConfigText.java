package io.github.selfsup4j.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gets the text of a config file, or says why not. */
final class ConfigText {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private ConfigText() {}

    /**
     * Reads a file of at most {@link Budget#FILE_BYTES}.
     *
     * @param named where the file is named
     * @param path key path there
     * @throws ConfigException if it is missing, not readable, no text or too large
     */
    static String read(Path file, Location named, String path) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (ENDINGS.stream().noneMatch(name::endsWith)) {
            Optional<String> python = Optional.of("Python configs must be rewritten in YAML, see configs/README.md");
            throw problem(
                    named,
                    path,
                    "'" + file + "' is no config: expected a .yaml, .yml or .json file",
                    python.filter(advice -> name.endsWith(".py")));
        } else if (!Files.isRegularFile(file)) {
            String message = Files.exists(file) ? "'" + file + "' is not a file" : "no such file: '" + file + "'";
            Optional<Path> meant = Files.exists(file) ? Optional.empty() : nearest(file, named);
            throw problem(named, path, message, meant.map(near -> "did you mean '" + near + "'?"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = decode(in.readNBytes(Budget.FILE_BYTES + 1), file, named, path);
            // JSON may be indented with tabs, YAML may not; inside JSON's strings there are none.
            return name.endsWith(".json") ? text.replace('\t', ' ') : text;
        } catch (IOException failed) {
            throw problem(named, path, "cannot read '" + file + "': " + failed, Optional.empty());
        }
    }

    private static String decode(byte[] bytes, Path file, Location named, String path) {
        if (bytes.length > Budget.FILE_BYTES) {
            String message =
                    "'" + file + "' is larger than " + (Budget.FILE_BYTES >> 20) + " MB, too large for a config";
            throw problem(named, path, message, Optional.empty());
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException mistake) {
            throw problem(named, path, "'" + file + "' is no UTF-8 text", Optional.empty());
        }
    }

    /** The config in the same folder whose name is closest, but not the one that asks. */
    private static Optional<Path> nearest(Path file, Location named) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Path> byStem = files.map(sibling -> file.resolveSibling(sibling.getFileName()))
                    .filter(sibling -> ENDINGS.stream().anyMatch(sibling.toString()::endsWith))
                    .filter(sibling -> !sibling.toString().equals(named.file()))
                    .collect(Collectors.toMap(ConfigText::stem, Function.identity(), (first, second) -> first));
            return Problems.nearest(stem(file), byStem.keySet()).map(byStem::get);
        } catch (IOException | UncheckedIOException noSuggestion) {
            return Optional.empty();
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private static ConfigException problem(Location named, String path, String message, Optional<String> advice) {
        return new ConfigException(List.of(new Problem(named, path, message, advice)));
    }
}
