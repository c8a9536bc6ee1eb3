package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds schedules from config text as a run does. */
final class Hooks {
    private Hooks() {}

    /**
     * A schedule.
     *
     * @param yaml with {@code policy}
     * @throws io.github.selfsup4j.config.ConfigException if the config is wrong
     */
    static UpdaterHook schedule(String yaml, String suffix) {
        MapNode config = read(yaml);
        String policy = config.text("policy").orElseThrow();
        String name = Character.toUpperCase(policy.charAt(0)) + policy.substring(1) + suffix;
        try {
            return build(Class.forName(Hooks.class.getPackageName() + "." + name), config.without("policy"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UpdaterHook build(Class<?> hook, MapNode config) throws ReflectiveOperationException {
        Class<?> configClass = Class.forName(hook.getName() + "$Config");
        Problems problems = new Problems();
        Object bound = ConfigBinder.bind(config, configClass, Set.of(), problems);
        problems.throwIfAny();
        Constructor<?> constructor = hook.getDeclaredConstructor(configClass);
        constructor.setAccessible(true);
        return (UpdaterHook) constructor.newInstance(bound);
    }

    private static MapNode read(String yaml) {
        try {
            Path file = Files.createTempFile("schedule", ".yaml");
            try {
                Problems problems = new Problems();
                MapNode root = ConfigReader.read(Files.writeString(file, yaml), List.of(), Map.of(), problems)
                        .root();
                problems.throwIfAny();
                return root;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
