package io.github.selfsup4j.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a config that came from a stranger may name ({@code --restrict-paths}): files of its project and, by relative
 * names, of the working directory, but nothing that a name with {@code ..}, an absolute name or a link leads to outside
 * of them. The project is the folder that holds the folder {@code configs} which the config is in; without such a
 * folder, that of the config itself. What the command line says is the user's own: its values, and what is below the
 * folders it names, are allowed.
 */
public final class AllowedPaths {
    private static final String CONFIGS = "configs";
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)[/\\\\~].*|[A-Za-z]:[/\\\\].*");
    private static final int LONGEST_NAME = 4096;

    private final Path project;
    private final Path workingDirectory = real(Path.of(""));
    private final List<Path> named = new ArrayList<>();

    private AllowedPaths(Path project) {
        this.project = project;
    }

    /** Those of the project that a config belongs to. */
    public static AllowedPaths of(Path config) {
        Path folder = real(config).getParent();
        for (Path at = folder; at != null && at.getParent() != null; at = at.getParent()) {
            if (at.endsWith(CONFIGS)) {
                return new AllowedPaths(at.getParent());
            }
        }
        return new AllowedPaths(folder);
    }

    /** Where a name leads, with every link followed, as far as there is something. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            } catch (IOException notThere) {
                // then what is above it
            }
        }
        return absolute.normalize();
    }

    /** Whether a file belongs to the project. */
    boolean isInProject(Path file) {
        return real(file).startsWith(project);
    }

    /**
     * Reports a file of {@code _base_} that is outside the project.
     *
     * @return whether it is
     */
    boolean refuses(Path base, ScalarNode name, Problems problems) {
        if (isInProject(base)) {
            return false;
        }
        problems.add(
                name,
                "'" + ScalarNode.shorten(name.asText()) + "' is outside the project " + project
                        + ", which --restrict-paths does not allow");
        return true;
    }

    /** Reports every value that names a file outside, except those of the command line. */
    void check(MapNode root, Problems problems) {
        collectNamed(root);
        check((ConfigNode) root, problems);
    }

    private void collectNamed(ConfigNode node) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(this::collectNamed);
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::collectNamed);
        } else if (node.location().isCommandLine()
                && isName((ScalarNode) node)
                && ABSOLUTE.matcher(((ScalarNode) node).asText()).matches()) {
            named.add(real(Path.of(((ScalarNode) node).asText())));
        }
    }

    private void check(ConfigNode node, Problems problems) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(value -> check(value, problems));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> check(item, problems));
        } else if (!node.location().isCommandLine()
                && isName((ScalarNode) node)
                && leadsOutside(((ScalarNode) node).asText())) {
            problems.add(
                    node,
                    node.describe() + " leads outside the project " + project
                            + ", which --restrict-paths does not allow",
                    "if you trust it, name it on the command line: --cfg-options " + node.path() + "=...");
        }
    }

    private static boolean isName(ScalarNode scalar) {
        if (scalar.kind() != ScalarNode.Kind.STRING
                || scalar.asText().isBlank()
                || scalar.asText().length() > LONGEST_NAME) {
            return false;
        }
        try {
            return Path.of(scalar.asText()).getNameCount() > 0;
        } catch (InvalidPathException noName) {
            return false;
        }
    }

    private boolean leadsOutside(String text) {
        Path path = Path.of(text.replace('\\', '/'));
        boolean absolute = ABSOLUTE.matcher(text).matches();
        boolean upwards = text.replace('\\', '/').matches("(.*/)?\\.\\.(/.*)?");
        if (!absolute && !upwards && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Path real = real(path);
        return named.stream().noneMatch(real::startsWith)
                && !real.startsWith(project)
                && (absolute || !real.startsWith(workingDirectory));
    }
}
