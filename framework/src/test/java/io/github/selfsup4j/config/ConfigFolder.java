package io.github.selfsup4j.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder of config files for a test; messages name the files relative to it. */
final class ConfigFolder {
    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    ConfigFolder with(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    ConfigFile read(String name, String... overrides) {
        return read(name, Map.of(), overrides);
    }

    ConfigFile read(String name, Map<String, String> environment, String... overrides) {
        Problems problems = new Problems();
        ConfigFile file = ConfigReader.read(folder.resolve(name), List.of(overrides), environment, problems);
        problems.throwIfAny();
        return file;
    }

    /** The merged config as JSON without blanks. */
    String json(String name, String... overrides) {
        return compact(read(name, overrides).root());
    }

    /** Every message about a config, one to a line. */
    String problems(String name, String... overrides) {
        Problems problems = new Problems();
        try {
            ConfigReader.read(folder.resolve(name), List.of(overrides), Map.of(), problems);
            problems.throwIfAny();
            return "";
        } catch (ConfigException mistakes) {
            return mistakes.getMessage().replace(folder + "/", "");
        }
    }

    static String compact(MapNode root) {
        return ConfigWriter.toJson(root).replaceAll("\\s", "");
    }
}
