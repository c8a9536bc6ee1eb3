package io.github.selfsup4j.inject;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.Location;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.registry.ComponentEntry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checked config node, ready to become an object: which class, with which config, and what goes into
 * its slots. Nothing was built yet.
 */
public final class ComponentPlan {
    private final ComponentEntry entry;
    private final MapNode node;
    private final ComponentSchema schema;
    private final Object config;
    private final Map<String, List<ComponentPlan>> children;

    ComponentPlan(ComponentEntry entry, MapNode node, ComponentSchema schema, Object config,
            Map<String, List<ComponentPlan>> children) {
        this.entry = entry;
        this.node = node;
        this.schema = schema;
        this.config = config;
        this.children = children;
    }

    /** The registered class. */
    public ComponentEntry entry() {
        return entry;
    }

    /** Where the config says it. */
    public MapNode node() {
        return node;
    }

    ComponentSchema schema() {
        return schema;
    }

    Object config() {
        return config;
    }

    /** What goes into a slot, in order. */
    public List<ComponentPlan> children(String key) {
        return children.getOrDefault(key, List.of());
    }

    /**
     * The config of this component or of one below it, if it is of a type.
     *
     * @param path slot keys joined by dots, for example {@code head.tokenizer}; empty for this component
     */
    public <T> Optional<T> config(String path, Class<T> type) {
        ComponentPlan plan = this;
        for (String key : Arrays.stream(path.split("\\.")).filter(part -> !part.isEmpty()).toList()) {
            List<ComponentPlan> below = plan.children(key);
            if (below.size() != 1) {
                return Optional.empty();
            }
            plan = below.get(0);
        }
        return Optional.ofNullable(plan.config).filter(type::isInstance).map(type::cast);
    }

    /** Where a key of a part's config is written, or the part itself if the key is not given. */
    public Location location(String slot, String key) {
        MapNode part = children(slot).get(0).node();
        return part.get(key).map(ConfigNode::location).orElse(part.location());
    }

    /** The key path of a key of a part's config. */
    public String path(String slot, String key) {
        return ConfigNode.child(children(slot).get(0).node().path(), key);
    }
}
