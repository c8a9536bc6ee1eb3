package io.github.selfsup4j.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fills a {@code Config} object from a map of a config file. Every public field is a key, its initialiser the default.
 *
 * <pre>{@code
 * public static final class Config implements Validated {
 *     @Required public int embedDims;
 *     public double maskRatio = 0.75;
 * }
 * }</pre>
 *
 * <p>Types: numbers, booleans and their boxes, strings, enums, paths, lists, arrays, maps by string, config nodes as
 * they are, classes with a {@code public static X fromConfig(ConfigNode, Problems)}, and other config classes. An
 * integer may stand where a float is expected, never the other way round. {@code null} may stand in a field that is
 * boxed, or whose default is null; at the top of a config it means absent.
 */
public final class ConfigBinder {
    private final MapNode node;
    private final Problems problems;
    private final ValueBinder values;

    private ConfigBinder(MapNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
        this.values = new ValueBinder(problems);
    }

    /**
     * Fills a config object.
     *
     * @param configClass has a constructor without parameters
     * @param otherKeys keys of the map that somebody else reads
     * @param problems where unknown keys, wrong types, missing keys and failed checks go
     * @return the object; fields with a problem keep their defaults
     * @throws IllegalStateException if the class is written wrongly, for its author
     */
    public static <T> T bind(MapNode node, Class<T> configClass, Set<String> otherKeys, Problems problems) {
        int before = problems.size();
        T config = create(configClass);
        List<ConfigField> fields = ConfigField.of(configClass);
        ConfigBinder binder = new ConfigBinder(node, problems);
        binder.refuseUnknownKeys(fields, otherKeys);
        fields.forEach(field -> binder.set(field, config));
        if (problems.size() == before && config instanceof Validated validated) {
            validated.validate(new Checks(node, config, problems));
        }
        return config;
    }

    private static <T> T create(Class<T> configClass) {
        try {
            Constructor<T> constructor = configClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException mistake) {
            throw new IllegalStateException(
                    configClass.getName() + " must be a static class with a constructor without parameters", mistake);
        } catch (InvocationTargetException mistake) {
            throw new IllegalStateException("cannot create a " + configClass.getName(), mistake.getCause());
        }
    }

    private void refuseUnknownKeys(List<ConfigField> fields, Set<String> otherKeys) {
        Set<String> known = new TreeSet<>(otherKeys);
        fields.forEach(field -> known.add(field.key()));
        for (String key : node.keys()) {
            if (!known.contains(key)) {
                String all = known.isEmpty() ? "no keys are known here" : "known keys: " + String.join(", ", known);
                problems.add(
                        node.keyLocation(key),
                        ConfigNode.child(node.path(), key),
                        "unknown key",
                        Problems.nearest(key, known)
                                .map(near -> "did you mean '" + near + "'? " + capital(all))
                                .orElse(all));
            }
        }
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private void set(ConfigField field, Object config) {
        Optional<ConfigNode> value = node.path().isEmpty() ? node.present(field.key()) : node.get(field.key());
        Type type = field.field().getGenericType();
        if (value.isEmpty() && field.required()) {
            problems.add(node, "missing required key '" + field.key() + "': expected " + ValueBinder.expected(type));
        } else if (value.isPresent() && !problems.concern(value.get().path())) {
            int before = problems.size();
            Object bound = value.get().isNull() && isNullable(field, config) ? null : values.bind(value.get(), type);
            if (problems.size() == before) {
                field.set(config, bound);
            }
        }
    }

    private static boolean isNullable(ConfigField field, Object config) {
        Class<?> type = field.field().getType();
        boolean boxed = Number.class.isAssignableFrom(type) || type == Boolean.class;
        return !field.required() && !type.isPrimitive() && (boxed || field.get(config) == null);
    }
}
