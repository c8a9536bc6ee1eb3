package io.github.selfsup4j.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A config that cannot be used. The message lists the problems, one to a line. */
public final class ConfigException extends RuntimeException {
    /** More than these help nobody. */
    private static final int SHOWN = 50;

    private final transient List<Problem> problems;

    /** Reports the problems. */
    public ConfigException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** For a mistake after which reading cannot go on. */
    /** A mistake that belongs to no line of a config, such as a file that is not there. */
    public static ConfigException of(String message) {
        return of(Location.NONE, "", message);
    }

    static ConfigException of(Location location, String path, String message) {
        return new ConfigException(List.of(new Problem(location, path, message, Optional.empty())));
    }

    /** Every problem, in the order found. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        String shown = problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() <= SHOWN ? shown : shown + "\n... and " + (problems.size() - SHOWN) + " more";
    }
}
