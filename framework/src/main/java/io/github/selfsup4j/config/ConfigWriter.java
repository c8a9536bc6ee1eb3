package io.github.selfsup4j.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes a config, for people as YAML and for programs as JSON. */
public final class ConfigWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigWriter() {}

    /** YAML that reads back as the same config. */
    public static String toYaml(MapNode root) {
        return new YamlText(false).write(root);
    }

    /** The same with a comment on every line that says where the value was written. */
    public static String explain(MapNode root) {
        return new YamlText(true).write(root);
    }

    /** Indented JSON. Infinite numbers become strings, as JSON has none. */
    public static String toJson(MapNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(root));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode json(ConfigNode node) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (node instanceof MapNode map) {
            ObjectNode object = factory.objectNode();
            map.entries().forEach((key, value) -> object.set(key, json(value)));
            return object;
        } else if (node instanceof ListNode list) {
            ArrayNode array = factory.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        ScalarNode scalar = (ScalarNode) node;
        return switch (scalar.kind()) {
            case NULL -> factory.nullNode();
            case BOOL -> factory.booleanNode(scalar.asBoolean());
            case INT -> factory.numberNode(scalar.asInteger());
            case FLOAT ->
                Double.isFinite(scalar.asDouble())
                        ? factory.numberNode(scalar.asDouble())
                        : factory.textNode(scalar.asText());
            case STRING -> factory.textNode(scalar.asText());
        };
    }
}
