package io.github.selfsup4j.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;

/**
 * Turns one YAML text into a tree that knows its lines. What YAML can do and a config must not (tags, merge keys, maps
 * as keys, a key given twice) is a problem.
 */
final class YamlParser {
    private final Source source;
    private final Budget budget;
    private final Problems problems;
    private final Iterator<Event> events;
    private final Map<String, ConfigNode> anchors = new HashMap<>();
    private int depth;

    /**
     * A text and where it comes from.
     *
     * @param name the file, or the command line option
     * @param lines whether its lines can be told to the user
     */
    record Source(String name, String text, boolean lines) {
        Location at(int line) {
            return new Location(name, lines ? line + 1 : 0);
        }

        Location at(int line, int column) {
            return lines ? new Location(name, line + 1, column + 1) : at(line);
        }
    }

    private YamlParser(Source source, Budget budget, Problems problems) {
        this.source = source;
        this.budget = budget;
        this.problems = problems;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Budget.FILE_BYTES);
        this.events = new Yaml(options).parse(new StringReader(source.text())).iterator();
    }

    /**
     * Reads a text.
     *
     * @param path key path of what the text holds
     * @return empty if the text is
     * @throws ConfigException if the text is no YAML, with its first mistake
     */
    static Optional<ConfigNode> parse(Source source, String path, Budget budget, Problems problems) {
        try {
            return new YamlParser(source, budget, problems).document(path);
        } catch (YAMLException mistake) {
            throw YamlMistake.explain(mistake, source);
        }
    }

    private Optional<ConfigNode> document(String path) {
        events.next();
        if (events.next() instanceof StreamEndEvent) {
            return Optional.empty();
        }
        Event first = events.next();
        ConfigNode root = node(first, path, where(first));
        events.next();
        Event rest = events.next();
        if (rest instanceof DocumentStartEvent) {
            problems.add(where(rest), path, "a second YAML document starts here; a config is a single one");
        }
        return Optional.of(root);
    }

    private ConfigNode node(Event event, String path, Location location) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias, path, location);
        }
        ConfigNode node;
        if (event instanceof ScalarEvent scalar) {
            budget.spend(location, path, scalar.getValue().length(), depth);
            refuseTag(scalar.getTag(), location, path);
            node = scalar.isPlain()
                    ? ScalarNode.plain(location, path, scalar.getValue())
                    : ScalarNode.string(location, path, scalar.getValue());
        } else {
            budget.spend(location, path, 0, depth++);
            refuseTag(((CollectionStartEvent) event).getTag(), location, path);
            node = event instanceof MappingStartEvent ? map(path, location) : list(path, location);
            depth--;
        }
        Optional.ofNullable(((NodeEvent) event).getAnchor()).ifPresent(anchor -> anchors.put(anchor, node));
        return node;
    }

    private ListNode list(String path, Location location) {
        List<ConfigNode> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event, ConfigNode.child(path, String.valueOf(items.size())), where(event)));
        }
        return new ListNode(location, path, items);
    }

    private MapNode map(String path, Location location) {
        MapNode.Builder map = new MapNode.Builder(location, path);
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            Location keyLocation = where(event);
            String key = key(event, path);
            String keyPath = ConfigNode.child(path, key);
            Optional<Location> first = map.keyLocation(key);
            first.ifPresent(found ->
                    problems.add(keyLocation, keyPath, "this key was given before, at " + found, "keep one of them"));
            Event value = events.next();
            boolean below = value instanceof CollectionStartEvent collection && !collection.isFlow();
            map.put(key, keyLocation, node(value, keyPath, below ? keyLocation : where(value)));
        }
        return map.build();
    }

    private String key(Event event, String path) {
        if (!(event instanceof ScalarEvent scalar) || scalar.getValue().isEmpty()) {
            throw ConfigException.of(
                    where(event),
                    path,
                    "a key must be a text, not "
                            + (event instanceof CollectionStartEvent ? "a map or a list" : "empty or an alias"));
        }
        if (scalar.getValue().equals("<<") && scalar.isPlain()) {
            problems.add(where(event), path, "YAML's merge key '<<' is not supported", "use _base_ or ${key.path}");
        }
        return scalar.getValue();
    }

    private ConfigNode aliased(AliasEvent alias, String path, Location location) {
        ConfigNode named = anchors.get(alias.getAnchor());
        if (named == null) {
            problems.add(
                    location,
                    path,
                    "nothing before this is marked &" + alias.getAnchor(),
                    "mark it, or quote the text if it just starts with an asterisk");
            return ScalarNode.plain(location, path, "");
        }
        budget.spendAll(named, location, path, depth);
        return named.at(path);
    }

    private void refuseTag(String tag, Location location, String path) {
        if (tag != null) {
            problems.add(
                    location,
                    path,
                    "the YAML tag " + tag.replace("tag:yaml.org,2002:", "!!") + " is not supported",
                    "leave it out; put a value in quotes to make it a string");
        }
    }

    private Location where(Event event) {
        return source.at(event.getStartMark().getLine());
    }
}
