package io.github.selfsup4j.config;

import java.util.Optional;

/**
 * One mistake in a config, told to the person who made it.
 *
 * @param location where it is
 * @param path key path of the value, for example {@code model.backbone.arch}; empty for a whole file
 * @param message what was found and what was expected
 * @param advice what to do about it
 */
public record Problem(Location location, String path, String message, Optional<String> advice) {

    /** For example {@code configs/x.yaml:12: model.backbone.arch_: unknown key; did you mean 'arch'?}. */
    @Override
    public String toString() {
        String where = location.toString();
        return (where.isEmpty() ? "" : where + ": ")
                + (path.isEmpty() ? "" : path + ": ")
                + message
                + advice.map(text -> "; " + text).orElse("");
    }
}
