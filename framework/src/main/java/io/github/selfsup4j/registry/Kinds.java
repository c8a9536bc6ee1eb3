package io.github.selfsup4j.registry;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds the {@link Kind} of classes and interfaces. */
public final class Kinds {
    private Kinds() {}

    /**
     * The kind of a component class, or of an interface that extends a kind's.
     *
     * @return empty if there is none
     * @throws RegistryException if there are several
     */
    public static Optional<String> of(Class<?> type) {
        Set<String> kinds = new LinkedHashSet<>();
        collect(type, kinds);
        if (kinds.size() > 1) {
            throw new RegistryException(
                    type.getName() + " is of several kinds, " + kinds + ": a component is of exactly one");
        }
        return kinds.stream().findFirst();
    }

    private static void collect(Class<?> type, Set<String> kinds) {
        if (type == null) {
            return;
        }
        Kind kind = type.getDeclaredAnnotation(Kind.class);
        if (kind != null) {
            kinds.add(kind.value());
        }
        collect(type.getSuperclass(), kinds);
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, kinds);
        }
    }
}
