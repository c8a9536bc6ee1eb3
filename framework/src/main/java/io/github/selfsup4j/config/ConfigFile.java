package io.github.selfsup4j.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A config with everything put in: {@code _base_} parts, overrides, references.
 *
 * @param root the merged values
 * @param references every key path that some {@code ${}} refers to, in any of the files, replaced or not
 * @param files what it was composed of, parts before the files that include them
 */
public record ConfigFile(MapNode root, Set<String> references, List<Path> files) {
    /** Whether some {@code ${}} refers to a top-level key or to something in it. */
    public boolean isReferred(String topLevelKey) {
        return references.stream().anyMatch(path -> path.equals(topLevelKey) || path.startsWith(topLevelKey + "."));
    }
}
