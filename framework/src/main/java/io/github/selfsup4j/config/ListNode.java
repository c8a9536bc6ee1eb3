package io.github.selfsup4j.config;

import java.util.ArrayList;
import java.util.List;

/** A list of a config file. */
public final class ListNode implements ConfigNode {
    private final Location location;
    private final String path;
    private final List<ConfigNode> items;

    /** A list; its items are moved to {@code path.0}, {@code path.1}, ... */
    public ListNode(Location location, String path, List<? extends ConfigNode> items) {
        this.location = location;
        this.path = path;
        List<ConfigNode> moved = new ArrayList<>(items.size());
        for (ConfigNode item : items) {
            moved.add(item.at(ConfigNode.child(path, String.valueOf(moved.size()))));
        }
        this.items = List.copyOf(moved);
    }

    /** The items in order. */
    public List<ConfigNode> items() {
        return items;
    }

    /** This list with one item replaced. */
    ListNode with(int index, ConfigNode item) {
        List<ConfigNode> changed = new ArrayList<>(items);
        changed.set(index, item);
        return new ListNode(location, path, changed);
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public ListNode at(String path) {
        return path.equals(this.path) ? this : new ListNode(location, path, items);
    }

    @Override
    public String describe() {
        return items.size() == 1 ? "a list of 1 item" : "a list of " + items.size() + " items";
    }
}
