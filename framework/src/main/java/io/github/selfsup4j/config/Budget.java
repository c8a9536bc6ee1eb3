package io.github.selfsup4j.config;

/**
 * Bounds what one config can become in memory: files, aliases and references can each stand for far more than their own
 * size.
 */
final class Budget {
    /** Largest file, in bytes. */
    static final int FILE_BYTES = 1 << 20;
    /** Deepest nesting of maps and lists. */
    static final int DEPTH = 64;
    /** Most files that one config may be composed of. */
    private static final int FILES = 100;
    /** All values together, in bytes, roughly. */
    private static final long BYTES = 64 << 20;
    /** What a value takes besides its text and its key path. */
    private static final int NODE_BYTES = 128;

    private long bytesLeft = BYTES;
    private int filesLeft = FILES;

    /**
     * Pays for a value by itself.
     *
     * @throws ConfigException if it is too much, or too deep
     */
    void spend(Location location, String path, int textLength, int depth) {
        bytesLeft -= NODE_BYTES + path.length() + textLength;
        if (bytesLeft < 0) {
            throw ConfigException.of(
                    location,
                    "",
                    "the config is too large: with aliases and references put in it takes more than " + (BYTES >> 20)
                            + " MB");
        }
        if (depth > DEPTH) {
            throw ConfigException.of(location, "", "maps and lists are nested more than " + DEPTH + " deep");
        }
    }

    /**
     * Pays for a copy of a value and everything in it.
     *
     * @throws ConfigException if it is too much, or too deep
     */
    void spendAll(ConfigNode node, Location location, String path, int depth) {
        spend(
                location,
                path,
                node instanceof ScalarNode scalar ? scalar.asText().length() : 0,
                depth);
        if (node instanceof MapNode map) {
            map.entries().forEach((key, value) -> spendAll(value, location, ConfigNode.child(path, key), depth + 1));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> spendAll(item, location, ConfigNode.child(path, "0"), depth + 1));
        }
    }

    /**
     * Pays for a file.
     *
     * @throws ConfigException if there are too many
     */
    void spendFile(Location location) {
        if (--filesLeft < 0) {
            throw ConfigException.of(location, "_base_", "the config is composed of more than " + FILES + " files");
        }
    }
}
