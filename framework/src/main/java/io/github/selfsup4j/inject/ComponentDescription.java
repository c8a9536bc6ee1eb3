package io.github.selfsup4j.inject;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import io.github.selfsup4j.config.ConfigField;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.registry.ComponentEntry;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells a component's keys, types, defaults and documentation, read from the class itself. */
public final class ComponentDescription {
    private static final CommentFormatter FORMATTER = new CommentFormatter();

    private ComponentDescription() {}

    /** The first sentence of a component's documentation; empty if it was compiled without. */
    public static String summary(ComponentEntry entry) {
        String text = text(RuntimeJavadoc.getJavadoc(entry.type()).getComment());
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** Everything about a component. */
    public static String of(ComponentEntry entry) {
        StringBuilder out = new StringBuilder();
        out.append(entry.name())
                .append(" (")
                .append(entry.kind())
                .append(", ")
                .append(entry.type().getName())
                .append(")\n  ")
                .append(text(RuntimeJavadoc.getJavadoc(entry.type()).getComment()))
                .append("\n");
        ComponentSchema schema = ComponentSchema.of(entry.type());
        schema.slots()
                .forEach(slot -> out.append(String.format(
                        "%n  %s: %s%s",
                        slot.key(), slot.words(), slot.shape() == SlotSpec.Shape.OPTIONAL ? ", optional" : "")));
        schema.config().ifPresent(type -> describe(type, out));
        return out.append("\n").toString();
    }

    private static void describe(Class<?> configClass, StringBuilder out) {
        Object defaults = defaults(configClass);
        for (ConfigField key : ConfigField.of(configClass)) {
            out.append(String.format(
                    "%n  %s: %s%s%n      %s",
                    key.key(),
                    type(key.field().getGenericType()),
                    key.field().isAnnotationPresent(Required.class)
                            ? ", required"
                            : " = " + value(key.field(), defaults),
                    text(RuntimeJavadoc.getJavadoc(key.field()).getComment())));
        }
    }

    private static Object defaults(Class<?> configClass) {
        try {
            Constructor<?> constructor = configClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(configClass.getName() + " needs a constructor without parameters", e);
        }
    }

    private static String value(Field field, Object defaults) {
        try {
            Object value = field.get(defaults);
            return value != null
                            && value.getClass().getName().contains("selfsup4j")
                            && !value.getClass().isEnum()
                            && !value.getClass().isRecord()
                    ? "its defaults"
                    : String.valueOf(value).toLowerCase(Locale.ROOT);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " must be public", e);
        }
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ((Class<?>) generic.getRawType()).getSimpleName().toLowerCase(Locale.ROOT) + " of "
                    + Arrays.stream(generic.getActualTypeArguments())
                            .map(ComponentDescription::type)
                            .collect(Collectors.joining(" to "));
        }
        Class<?> raw = (Class<?>) type;
        return raw.isEnum()
                ? Arrays.toString(raw.getEnumConstants()).toLowerCase(Locale.ROOT)
                : raw.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String text(Comment comment) {
        return FORMATTER
                .format(comment)
                .replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ")
                .trim();
    }
}
