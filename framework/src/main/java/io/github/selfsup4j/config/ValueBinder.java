package io.github.selfsup4j.config;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a config node into a value of a Java type. */
final class ValueBinder {
    private static final String FACTORY = "fromConfig";

    private final Problems problems;

    ValueBinder(Problems problems) {
        this.problems = problems;
    }

    /** The value, or anything if a problem was added. */
    Object bind(ConfigNode node, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return Collections.unmodifiableList(items(node, generic.getActualTypeArguments()[0]));
        } else if (type instanceof ParameterizedType generic
                && generic.getRawType() == Map.class
                && generic.getActualTypeArguments()[0] == String.class) {
            return entries(node, generic.getActualTypeArguments()[1]);
        } else if (type instanceof Class<?> plain) {
            return plain(node, plain);
        }
        throw new IllegalStateException(type.getTypeName() + " is no type for a config field");
    }

    private Object plain(ConfigNode node, Class<?> type) {
        Optional<Method> factory = factory(type);
        Optional<ScalarType> scalar = ScalarType.of(type);
        if (factory.isPresent()) {
            return invoke(factory.get(), node);
        } else if (scalar.isPresent()) {
            return scalar.get().read(node, problems).orElse(null);
        } else if (ConfigNode.class.isAssignableFrom(type)) {
            return type.isInstance(node) ? node : wrong(node, expected(type));
        } else if (type.isArray()) {
            return array(items(node, type.getComponentType()), type.getComponentType());
        }
        if (type.getName().startsWith("java.") || type.isPrimitive() || type.isInterface()) {
            throw new IllegalStateException(type.getName() + " is no type for a config field");
        }
        return node instanceof MapNode map
                ? ConfigBinder.bind(map, type, Set.of(), problems)
                : wrong(node, expected(type));
    }

    /** What a type takes, in words. */
    static String expected(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? "a list" : "a map";
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isArray() || plain == ListNode.class) {
            return "a list";
        }
        if (ConfigNode.class == plain
                || ScalarNode.class == plain
                || factory(plain).isPresent()) {
            return "a value";
        }
        return ScalarType.of(plain).map(ScalarType::expected).orElse("a map");
    }

    private List<Object> items(ConfigNode node, Type itemType) {
        List<Object> items = new ArrayList<>();
        if (node instanceof ListNode list) {
            list.items().forEach(item -> items.add(bind(item, itemType)));
        } else {
            wrong(node, "a list");
        }
        return items;
    }

    private Map<String, Object> entries(ConfigNode node, Type valueType) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (node instanceof MapNode map) {
            map.entries().forEach((key, value) -> entries.put(key, bind(value, valueType)));
        } else {
            wrong(node, "a map");
        }
        return Collections.unmodifiableMap(entries);
    }

    private Object array(List<Object> items, Class<?> itemType) {
        Object array = Array.newInstance(itemType, items.size());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) != null) {
                Array.set(array, i, items.get(i));
            }
        }
        return array;
    }

    private Object wrong(ConfigNode node, String expected) {
        problems.add(node, "expected " + expected + ", found " + node.describe());
        return null;
    }

    private static Optional<Method> factory(Class<?> type) {
        try {
            Method method = type.getMethod(FACTORY, ConfigNode.class, Problems.class);
            return Optional.of(method).filter(found -> Modifier.isStatic(found.getModifiers()));
        } catch (NoSuchMethodException plainConfigClass) {
            return Optional.empty();
        }
    }

    private Object invoke(Method factory, ConfigNode node) {
        try {
            factory.setAccessible(true);
            return factory.invoke(null, node, problems);
        } catch (IllegalAccessException | InvocationTargetException mistake) {
            throw new IllegalStateException(factory + " failed", mistake);
        }
    }
}
