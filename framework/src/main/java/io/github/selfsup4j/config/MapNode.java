package io.github.selfsup4j.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A map of a config file; its keys keep their order. */
public final class MapNode implements ConfigNode {
    private final Location location;
    private final String path;
    private final Map<String, ConfigNode> entries;
    private final Map<String, Location> keyLocations;

    private MapNode(
            Location location, String path, Map<String, ConfigNode> entries, Map<String, Location> keyLocations) {
        this.location = location;
        this.path = path;
        this.entries = Collections.unmodifiableMap(entries);
        this.keyLocations = keyLocations;
    }

    /** A map without entries, to start from. */
    public static MapNode empty(Location location, String path) {
        return new MapNode(location, path, Map.of(), Map.of());
    }

    /** The value of a key; a key set to {@code null} has a null node. */
    public Optional<ConfigNode> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The value of a key, unless it is missing or {@code null}: a section set to null is absent. */
    public Optional<ConfigNode> present(String key) {
        return get(key).filter(node -> !node.isNull());
    }

    /** The value of a key, if it is a string. */
    public Optional<String> text(String key) {
        return get(key).filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .filter(scalar -> scalar.kind() == ScalarNode.Kind.STRING)
                .map(ScalarNode::asText);
    }

    /** The keys in order. */
    public Set<String> keys() {
        return entries.keySet();
    }

    /** Keys and values in order. */
    public Map<String, ConfigNode> entries() {
        return entries;
    }

    /** Where a key was written; this map's own place if it has no such key. */
    public Location keyLocation(String key) {
        return keyLocations.getOrDefault(key, location);
    }

    /** This map with a value added, or replaced in its place. The value is moved to this map's path. */
    public MapNode with(String key, ConfigNode value) {
        return with(key, value.location(), value);
    }

    MapNode with(String key, Location keyLocation, ConfigNode value) {
        Builder builder = new Builder(location, path);
        entries.forEach((name, old) -> builder.put(name, keyLocation(name), old));
        return builder.put(key, keyLocation, value).build();
    }

    /** This map without a key. */
    public MapNode without(String key) {
        Builder builder = new Builder(location, path);
        entries.forEach((name, old) -> {
            if (!name.equals(key)) {
                builder.put(name, keyLocation(name), old);
            }
        });
        return builder.build();
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public MapNode at(String path) {
        if (path.equals(this.path)) {
            return this;
        }
        Builder builder = new Builder(location, path);
        entries.forEach((key, value) -> builder.put(key, keyLocation(key), value));
        return builder.build();
    }

    @Override
    public String describe() {
        return entries.isEmpty()
                ? "an empty map"
                : "a map with " + ScalarNode.shorten(String.join(", ", entries.keySet()));
    }

    /** Collects entries; one for each map. */
    static final class Builder {
        private final Location location;
        private final String path;
        private final Map<String, ConfigNode> entries = new LinkedHashMap<>();
        private final Map<String, Location> keyLocations = new LinkedHashMap<>();

        Builder(Location location, String path) {
            this.location = location;
            this.path = path;
        }

        Builder put(String key, Location keyLocation, ConfigNode value) {
            entries.put(key, value.at(ConfigNode.child(path, key)));
            keyLocations.put(key, keyLocation);
            return this;
        }

        Optional<Location> keyLocation(String key) {
            return Optional.ofNullable(keyLocations.get(key));
        }

        MapNode build() {
            return new MapNode(location, path, entries, keyLocations);
        }
    }
}
