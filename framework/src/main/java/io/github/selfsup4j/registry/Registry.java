package io.github.selfsup4j.registry;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All components by kind and name.
 *
 * <pre>{@code
 * Registry registry = ComponentScanner.scan(plugInPaths);
 * Class<?> type = registry.find("backbone", "CAEViT").orElseThrow().type();
 * }</pre>
 */
public final class Registry {
    private final Map<String, Map<String, ComponentEntry>> byKind = new TreeMap<>();

    /**
     * Registers classes.
     *
     * @param candidates classes marked with {@link Component}, with the places they came from
     * @throws RegistryException if two share kind and name, or one is of no kind
     */
    public Registry(Collection<Candidate> candidates) {
        candidates.forEach(this::register);
    }

    /** A class marked with {@link Component}, and the jar or folder it came from. */
    public record Candidate(Class<?> type, String origin) {}

    private void register(Candidate candidate) {
        Class<?> type = candidate.type();
        String kind = Kinds.of(type)
                .orElseThrow(() -> new RegistryException(type.getName() + " (" + candidate.origin()
                        + ") is marked @Component but implements no component interface, such as Backbone or Hook"));
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new RegistryException(
                    type.getName() + " (" + candidate.origin() + ") is marked @Component but is abstract");
        }
        for (String name : type.getAnnotation(Component.class).value()) {
            ComponentEntry entry = new ComponentEntry(name, kind, type, candidate.origin());
            ComponentEntry other =
                    byKind.computeIfAbsent(kind, k -> new TreeMap<>()).putIfAbsent(name, entry);
            if (other != null) {
                throw new RegistryException("two " + kind + " components are named " + name + ": " + describe(other)
                        + " and " + describe(entry) + "; rename one, or leave its jar out");
            }
        }
    }

    private static String describe(ComponentEntry entry) {
        return entry.type().getName() + " (" + entry.origin() + ")";
    }

    /** The component of a kind and name. */
    public Optional<ComponentEntry> find(String kind, String name) {
        return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get(name));
    }

    /** The components of a kind, by name. */
    public Collection<ComponentEntry> all(String kind) {
        return byKind.getOrDefault(kind, Map.of()).values();
    }

    /** Every component, by kind and name. */
    public List<ComponentEntry> all() {
        return byKind.values().stream()
                .flatMap(entries -> entries.values().stream())
                .toList();
    }

    /** The names of a kind. */
    public SortedSet<String> names(String kind) {
        return new TreeSet<>(byKind.getOrDefault(kind, Map.of()).keySet());
    }

    /** The kinds of which there is a component. */
    public SortedSet<String> kinds() {
        return new TreeSet<>(byKind.keySet());
    }

    /** The kinds that have a component of this name, whatever kind was asked for. */
    public SortedSet<String> kindsOf(String name) {
        SortedSet<String> kinds = new TreeSet<>();
        byKind.forEach((kind, entries) -> {
            if (entries.containsKey(name)) {
                kinds.add(kind);
            }
        });
        return kinds;
    }
}
