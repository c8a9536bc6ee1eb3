package io.github.selfsup4j.config;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A field of a {@code Config} class and the key that sets it: {@code embedDims} is {@code embed_dims}.
 *
 * @param key the config key
 * @param field the public Java field
 */
public record ConfigField(String key, Field field) {

    /** The fields of a {@code Config} class, those of its superclasses first. */
    public static List<ConfigField> of(Class<?> configClass) {
        List<ConfigField> fields = new ArrayList<>();
        if (configClass.getSuperclass() != null && configClass.getSuperclass() != Object.class) {
            fields.addAll(of(configClass.getSuperclass()));
        }
        for (Field field : configClass.getDeclaredFields()) {
            if (isSettable(field.getModifiers())) {
                field.setAccessible(true);
                fields.add(new ConfigField(snakeCase(field.getName()), field));
            }
        }
        return fields;
    }

    /** Whether the config file must give this key. */
    public boolean required() {
        return field.isAnnotationPresent(Required.class);
    }

    /** The value in a config object. */
    Object get(Object config) {
        try {
            return field.get(config);
        } catch (IllegalAccessException mistake) {
            throw new IllegalStateException(field + " must be a public field of a public class", mistake);
        }
    }

    /** Sets the value in a config object. */
    void set(Object config, Object value) {
        try {
            field.set(config, value);
        } catch (IllegalAccessException mistake) {
            throw new IllegalStateException(field + " must be a public field of a public class", mistake);
        }
    }

    /** Java's {@code nHid} in a config file: {@code n_hid}. */
    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static boolean isSettable(int modifiers) {
        return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers);
    }
}
