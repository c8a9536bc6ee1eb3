package io.github.selfsup4j.plugins.imagenet;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.plugins.datasets.Annotations;
import io.github.selfsup4j.plugins.datasets.ImageFiles;
import io.github.selfsup4j.plugins.datasets.PictureFileSource;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures named by one or more files of lines {@code FILE} or {@code FILE CLASS_INDEX} (the reference's
 * {@code ImageList}).
 */
@Component("ImageList")
public final class ImageList extends PictureFileSource {

    /** Keys of {@code ImageList}. */
    public static final class Config extends ImageFiles.Keys {
        /** Folder that the names in {@code ann_file} are relative to. */
        @Required
        public Path dataPrefix;
        /** One file of lines, or a list of such files. */
        @Required
        public PathList annFile;
    }

    /**
     * One file name or several.
     *
     * @param paths in order
     */
    public record PathList(List<Path> paths) {
        /** Reads a config value. */
        public static PathList fromConfig(ConfigNode node, Problems problems) {
            List<ConfigNode> items = node instanceof ListNode list ? List.copyOf(list.items()) : List.of(node);
            if (items.isEmpty()
                    || !items.stream()
                            .allMatch(item ->
                                    item instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.STRING)) {
                problems.add(node, "expected a file name or a list of them, found " + node.describe());
                return new PathList(List.of());
            }
            return new PathList(items.stream()
                    .map(item -> Path.of(((ScalarNode) item).asText()))
                    .toList());
        }
    }

    /** @throws IOException if a list can't be read */
    @Inject
    ImageList(Config config) throws IOException {
        super(Annotations.read(config.annFile.paths(), ImageList::readLine, config.dataPrefix), config, List.of());
    }

    private static void readLine(String line, ImageFiles into) {
        String[] words = line.split("\\s+");
        if (words.length > 2) {
            throw new IllegalArgumentException("expected 'FILE' or 'FILE CLASS_INDEX', found '" + line + "'");
        }
        into.add(words[0], words.length == 2 ? Annotations.label(words[1]) : ImageFiles.NO_LABEL);
    }
}
