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
 * A checked config node, ready to become an object: which class, with which config, and what goes into its slots.
 * Nothing was built yet.
 */
public final class ComponentPlan {
    private final ComponentEntry entry;
    private final MapNode node;
    private final ComponentSchema schema;
    private final Object config;
    private final Map<String, List<List<ComponentPlan>>> children;

    /** @param children what goes into each slot: lists for a slot of lists, otherwise one list */
    ComponentPlan(
            ComponentEntry entry,
            MapNode node,
            ComponentSchema schema,
            Object config,
            Map<String, List<List<ComponentPlan>>> children) {
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
        return childLists(key).stream().flatMap(List::stream).toList();
    }

    /** As {@link #children}, list by list for a slot of lists. */
    public List<List<ComponentPlan>> childLists(String key) {
        return children.getOrDefault(key, List.of());
    }

    /**
     * The config of this component or of one below it, if it is of a type.
     *
     * @param path slot keys joined by dots, for example {@code head.tokenizer}; empty for this component
     */
    public <T> Optional<T> config(String path, Class<T> type) {
        ComponentPlan plan = this;
        for (String key :
                Arrays.stream(path.split("\\.")).filter(part -> !part.isEmpty()).toList()) {
            List<ComponentPlan> below = plan.children(key);
            if (below.size() != 1) {
                return Optional.empty();
            }
            plan = below.get(0);
        }
        return Optional.ofNullable(plan.config).filter(type::isInstance).map(type::cast);
    }

    /** Where a key of this component's config is written, or the component itself if the key is not given. */
    public Location location(String key) {
        return node.get(key).map(ConfigNode::location).orElse(node.location());
    }

    /** The key path of a key of this component's config. */
    public String path(String key) {
        return ConfigNode.child(node.path(), key);
    }

    /** Where a key of a part's config is written, or the part itself if the key is not given. */
    public Location location(String slot, String key) {
        return children(slot).get(0).location(key);
    }

    /** The key path of a key of a part's config. */
    public String path(String slot, String key) {
        return children(slot).get(0).path(key);
    }
}
