package io.github.selfsup4j.inject;

import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.github.selfsup4j.registry.Kinds;
import jakarta.inject.Provider;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * A constructor parameter that is built from a config key.
 *
 * @param key the config key
 * @param kind the kind of component that goes there
 * @param type what the component must be: the kind's interface, one that extends it, or a class
 * @param shape how many of them
 * @param binding what Guice looks for
 */
record SlotSpec(String key, String kind, Class<?> type, Shape shape, Key<?> binding) {

    /** How many components a slot takes. A {@code Provider} is one that can be built many times. */
    enum Shape {
        ONE,
        OPTIONAL,
        LIST,
        LISTS
    }

    /** What goes there, for example {@code a list of transform components}. */
    String words() {
        String component = kind.replace('_', ' ') + " component";
        return switch (shape) {
            case ONE, OPTIONAL -> "a " + component;
            case LIST -> "a list of " + component + "s";
            case LISTS -> "a list of lists of " + component + "s";
        };
    }

    /** The slot that a constructor parameter is; empty if it is a config or a service. */
    static Optional<SlotSpec> of(Parameter parameter) {
        Type declared = parameter.getParameterizedType();
        Shape shape = Shape.ONE;
        Type bound = declared;
        Type element = declared;
        if (declared instanceof ParameterizedType generic) {
            element = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Provider.class) {
                bound = element;
            } else if (generic.getRawType() == List.class) {
                boolean nested = element instanceof ParameterizedType inner && inner.getRawType() == List.class;
                shape = nested ? Shape.LISTS : Shape.LIST;
                element = nested ? ((ParameterizedType) element).getActualTypeArguments()[0] : element;
            } else if (generic.getRawType() == Optional.class) {
                shape = Shape.OPTIONAL;
            } else {
                return Optional.empty();
            }
        }
        if (!(element instanceof Class<?> type)) {
            return Optional.empty();
        }
        Shape found = shape;
        Key<?> binding = key(bound, parameter);
        return Kinds.of(type).map(kind -> new SlotSpec(configKey(parameter, kind), kind, type, found, binding));
    }

    private static String configKey(Parameter parameter, String kind) {
        Slot slot = parameter.getAnnotation(Slot.class);
        return slot == null ? kind : slot.value();
    }

    private static Key<?> key(Type type, Parameter parameter) {
        Slot slot = parameter.getAnnotation(Slot.class);
        TypeLiteral<?> literal = TypeLiteral.get(type);
        return slot == null ? Key.get(literal) : Key.get(literal, slot);
    }
}
