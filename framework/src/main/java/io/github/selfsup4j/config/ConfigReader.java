package io.github.selfsup4j.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a config file with everything it is composed of.
 *
 * <ol>
 *   <li>{@code _base_: file or list}, relative to the file that says it: read first, then this file is put on top. Maps
 *       merge, everything else is replaced, {@code _delete_: true} in a map makes it replace too (as in mmcv 1.5).
 *   <li>Overrides, {@code a.b=c} and {@code a.list.0.x=1}, their values typed as YAML.
 *   <li>References {@code ${key.path}}, {@code ${env:NAME}}, {@code ${env:NAME:default}}.
 * </ol>
 */
public final class ConfigReader {
    private static final String BASE = "_base_";

    private final Budget budget = new Budget();
    private final Problems problems;
    private final Optional<AllowedPaths> allowed;
    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<String> references = new LinkedHashSet<>();
    private boolean unreadable;

    private ConfigReader(Optional<AllowedPaths> allowed, Problems problems) {
        this.allowed = allowed;
        this.problems = problems;
    }

    /** Reads a config that may name any file; see {@link #read(Path, List, Map, Optional, Problems)}. */
    public static ConfigFile read(
            Path file, List<String> overrides, Map<String, String> environment, Problems problems) {
        return read(file, overrides, environment, Optional.empty(), problems);
    }

    /**
     * Reads a YAML or JSON config.
     *
     * @param file the file, named as messages are to name it
     * @param overrides {@code key.path=value} each
     * @param environment for {@code ${env:}}, usually {@link System#getenv()}
     * @param allowed which files it may name; empty for any
     * @param problems where mistakes go that leave the rest of the config readable
     * @throws ConfigException with all problems so far, if a file is missing or no YAML, if files include each other in
     *     a circle, or if the config is too large
     */
    public static ConfigFile read(
            Path file,
            List<String> overrides,
            Map<String, String> environment,
            Optional<AllowedPaths> allowed,
            Problems problems) {
        ConfigReader reader = new ConfigReader(allowed, problems);
        try {
            return reader.read(file, overrides, environment);
        } catch (ConfigException mistake) {
            mistake.problems().forEach(problems::add);
            throw new ConfigException(problems.all());
        }
    }

    /**
     * Reads a text that {@link ConfigWriter#toYaml} wrote.
     *
     * @param name where it comes from, for messages
     * @throws ConfigException if it is no YAML, or no map
     */
    public static MapNode readText(String text, String name) {
        Problems problems = new Problems();
        YamlParser.Source source = new YamlParser.Source(name, text, true);
        ConfigNode root = YamlParser.parse(source, "", new Budget(), problems).orElse(MapNode.empty(source.at(0), ""));
        problems.throwIfAny();
        if (root instanceof MapNode map) {
            return map;
        }
        throw ConfigException.of(root.location(), "", "expected 'key: value' lines, found " + root.describe());
    }

    private ConfigFile read(Path file, List<String> overrides, Map<String, String> environment) {
        MapNode merged = load(file, new Location(file.toString(), 0), "", List.of());
        if (unreadable) {
            throw new ConfigException(List.of());
        }
        MapNode overridden = Overrides.apply(merged, overrides, budget, problems);
        References.mentioned(overridden).forEach(references::add);
        MapNode root = new References(overridden, environment, budget, problems).resolve();
        allowed.ifPresent(paths -> paths.check(root, problems));
        return new ConfigFile(root, Set.copyOf(references), List.copyOf(files));
    }

    private MapNode load(Path file, Location named, String path, List<Path> includers) {
        budget.spendFile(named);
        MapNode own = parse(file, named, path, includers);
        List<Path> chain = Stream.concat(includers.stream(), Stream.of(file)).toList();
        MapNode base = union(bases(own, file, chain), file);
        files.add(file);
        References.mentioned(own).forEach(references::add);
        return Merge.file(base, own.without(BASE), budget, problems);
    }

    /** One file by itself; if it cannot be read, an empty map, so that mistakes in others are found too. */
    private MapNode parse(Path file, Location named, String path, List<Path> includers) {
        try {
            refuseCircle(file, named, path, includers);
            YamlParser.Source source = new YamlParser.Source(file.toString(), ConfigText.read(file, named, path), true);
            ConfigNode root = YamlParser.parse(source, "", budget, problems).orElse(MapNode.empty(source.at(0), ""));
            if (root instanceof MapNode map) {
                return map;
            }
            throw ConfigException.of(root.location(), "", "expected 'key: value' lines, found " + root.describe());
        } catch (ConfigException mistake) {
            mistake.problems().forEach(problems::add);
            unreadable = true;
            return MapNode.empty(named, "");
        }
    }

    private static void refuseCircle(Path file, Location named, String path, List<Path> includers) {
        Path absolute = file.toAbsolutePath().normalize();
        if (includers.stream()
                .anyMatch(includer -> includer.toAbsolutePath().normalize().equals(absolute))) {
            String circle =
                    includers.stream().map(includer -> includer + " -> ").collect(Collectors.joining()) + file;
            throw ConfigException.of(named, path, "circular _base_: " + circle);
        }
    }

    private List<MapNode> bases(MapNode own, Path file, List<Path> chain) {
        Optional<ConfigNode> named = own.present(BASE);
        if (named.isEmpty()) {
            return List.of();
        }
        List<ConfigNode> names = named.get() instanceof ListNode list ? list.items() : List.of(named.get());
        List<MapNode> bases = new ArrayList<>();
        for (ConfigNode name : names) {
            if (name instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.STRING) {
                Path base = sibling(file, scalar);
                if (allowed.isPresent() && allowed.get().refuses(base, scalar, problems)) {
                    unreadable = true;
                } else {
                    bases.add(load(base, scalar.location(), scalar.path(), chain));
                }
            } else {
                problems.add(name, "expected a file name, found " + name.describe());
            }
        }
        return bases;
    }

    private static Path sibling(Path file, ScalarNode name) {
        try {
            return file.resolveSibling(name.asText()).normalize();
        } catch (InvalidPathException mistake) {
            throw ConfigException.of(name.location(), name.path(), name.describe() + " is no file name");
        }
    }

    /** Bases side by side: they may not define the same key, as nothing says which would win. */
    private MapNode union(List<MapNode> bases, Path file) {
        MapNode.Builder union = new MapNode.Builder(new Location(file.toString(), 1), "");
        for (MapNode base : bases) {
            base.entries().forEach((key, value) -> {
                union.keyLocation(key)
                        .ifPresent(first -> problems.add(
                                base.keyLocation(key),
                                key,
                                "also defined at " + first + ": two parts in the same _base_ list of " + file
                                        + " cannot both define it",
                                "let one of them name the other as its _base_"));
                union.put(key, base.keyLocation(key), value);
            });
        }
        return union.build();
    }
}
