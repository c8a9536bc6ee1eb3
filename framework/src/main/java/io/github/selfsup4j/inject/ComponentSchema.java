package io.github.selfsup4j.inject;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a component's constructor asks for.
 *
 * @param constructor the one marked {@code @Inject}
 * @param config the nested {@code Config} class, if it asks for one
 * @param slots the children it asks for
 */
record ComponentSchema(Constructor<?> constructor, Optional<Class<?>> config, List<SlotSpec> slots) {

    /**
     * Reads a component class.
     *
     * @throws IllegalStateException if it is written wrongly, for its author
     */
    static ComponentSchema of(Class<?> component) {
        List<Constructor<?>> constructors = Arrays.stream(component.getDeclaredConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                .toList();
        if (constructors.size() != 1) {
            throw new IllegalStateException(component.getName() + " has " + constructors.size()
                    + " constructors marked @Inject (jakarta.inject.Inject); a component needs exactly one");
        }
        Constructor<?> constructor = constructors.get(0);
        Optional<Class<?>> config = Arrays.stream(constructor.getParameterTypes())
                .filter(type -> type.getSimpleName().equals("Config"))
                .findFirst()
                .map(type -> (Class<?>) type);
        List<SlotSpec> slots = Arrays.stream(constructor.getParameters())
                .map(SlotSpec::of)
                .flatMap(Optional::stream)
                .toList();
        return new ComponentSchema(constructor, config, slots);
    }
}
