package io.github.selfsup4j.script;

import io.github.selfsup4j.io.torch.ScriptModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Modules whose names, joined by dots, are those of a state dict, and the text of their classes: one for all modules of
 * equal parts.
 */
final class ModuleClasses {
    private static final String PART = "Part";

    private final Map<String, String> classes = new LinkedHashMap<>();

    /** A module under construction. */
    private record Node(Map<String, ScriptModule.Weight> tensors, Map<String, Node> children) {
        Node() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void put(String name, ScriptModule.Weight weight) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                tensors.put(name, weight);
            } else {
                children.computeIfAbsent(name.substring(0, dot), added -> new Node())
                        .put(name.substring(dot + 1), weight);
            }
        }
    }

    /**
     * The module that has these weights.
     *
     * @param type the name of its class
     * @param methods the text of its methods, indented by two
     */
    ScriptModule module(String type, Map<String, ScriptModule.Weight> weights, String methods) {
        Node root = new Node();
        weights.forEach(root::put);
        Map<String, ScriptModule> children = children(root);
        classes.put(body(root, children) + methods, type);
        return new ScriptModule(type, root.tensors, children);
    }

    private Map<String, ScriptModule> children(Node node) {
        Map<String, ScriptModule> children = new LinkedHashMap<>();
        node.children.forEach((name, child) -> {
            Map<String, ScriptModule> below = children(child);
            String type = classes.computeIfAbsent(body(child, below), added -> PART + (classes.size() + 1));
            children.put(name, new ScriptModule(type, child.tensors, below));
        });
        return children;
    }

    private static String body(Node node, Map<String, ScriptModule> children) {
        StringBuilder body = new StringBuilder();
        body.append("  __parameters__ = [").append(names(node, false)).append("]\n");
        body.append("  __buffers__ = [").append(names(node, true)).append("]\n");
        body.append("  training : bool\n");
        node.tensors.keySet().forEach(name -> body.append("  ").append(name).append(" : Tensor\n"));
        if (!children.isEmpty()) {
            body.append("  __annotations__ = []\n");
            children.forEach((name, child) -> body.append("  __annotations__[\"")
                    .append(name)
                    .append("\"] = ")
                    .append(ScriptModule.NAMESPACE)
                    .append('.')
                    .append(child.type())
                    .append('\n'));
        }
        return body.toString();
    }

    private static String names(Node node, boolean buffers) {
        return node.tensors.entrySet().stream()
                .filter(entry -> entry.getValue().isBuffer() == buffers)
                .map(entry -> '"' + entry.getKey() + "\", ")
                .collect(Collectors.joining());
    }

    /** The text of all classes, parts first. */
    String code() {
        return classes.entrySet().stream()
                .map(entry -> "class " + entry.getValue() + "(Module):\n" + entry.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** How a method of the root reads a weight: {@code getattr(self.layers, "0").weight}. */
    static String access(String name) {
        String expression = "self";
        for (String part : List.of(name.split("\\."))) {
            boolean isIdentifier = part.matches("[A-Za-z_]\\w*");
            expression = isIdentifier ? expression + "." + part : "getattr(" + expression + ", \"" + part + "\")";
        }
        return expression;
    }
}
