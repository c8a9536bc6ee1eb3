package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects mistakes, so that the user sees all of them at once.
 *
 * <pre>{@code
 * Problems problems = new Problems();
 * ConfigFile config = ConfigReader.read(file, overrides, System.getenv(), problems);
 * Runtime runtime = ConfigBinder.bind(config.root(), Runtime.class, Set.of(), problems);
 * problems.throwIfAny();
 * }</pre>
 */
public final class Problems {
    private final List<Problem> all = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();

    /** Adds a problem. */
    public void add(Problem problem) {
        all.add(problem);
        paths.add(problem.path());
    }

    /** Adds a problem. */
    public void add(Location location, String path, String message) {
        add(new Problem(location, path, message, Optional.empty()));
    }

    /** Adds a problem with what to do about it. */
    public void add(Location location, String path, String message, String advice) {
        add(new Problem(location, path, message, Optional.of(advice)));
    }

    /** Adds a problem with a node's value. */
    public void add(ConfigNode node, String message) {
        add(node.location(), node.path(), message);
    }

    /** Adds a problem with a node's value, with what to do about it. */
    public void add(ConfigNode node, String message, String advice) {
        add(node.location(), node.path(), message, advice);
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** How many were added: to see whether something added more. */
    public int size() {
        return all.size();
    }

    /** Everything added so far, in order. */
    public List<Problem> all() {
        return List.copyOf(all);
    }

    /** Whether the value at a key path has a problem already: what follows from it need not be told. */
    public boolean concern(String path) {
        return paths.contains(path);
    }

    /**
     * Ends here if anything is wrong.
     *
     * @throws ConfigException listing every problem
     */
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw new ConfigException(all);
        }
    }

    /**
     * The valid name that somebody who wrote {@code found} probably meant.
     *
     * @return empty if none is close
     */
    public static Optional<String> nearest(String found, Collection<String> valid) {
        return Spelling.nearest(found, valid);
    }
}
