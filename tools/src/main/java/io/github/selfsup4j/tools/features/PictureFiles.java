package io.github.selfsup4j.tools.features;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Location;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.registry.ComponentScanner;
import io.github.selfsup4j.tools.pictures.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pictures that a file of features names. */
public final class PictureFiles {
    private PictureFiles() {}

    /** Pictures by their paths; empty if not all of them are files here. */
    public static Optional<Pictures> of(List<String> paths) {
        if (!paths.stream().allMatch(path -> !path.isEmpty() && Files.isRegularFile(Path.of(path)))) {
            return Optional.empty();
        }
        List<ConfigNode> items = new ArrayList<>();
        paths.forEach(path -> items.add(ScalarNode.string(Location.NONE, "", path)));
        MapNode node = MapNode.empty(Location.NONE, "")
                .with("type", ScalarNode.string(Location.NONE, "", "ImagePaths"))
                .with("paths", new ListNode(Location.NONE, "paths", items));
        Problems problems = new Problems();
        Optional<DataSource> source = new Planner(ComponentScanner.scan(List.of()), problems)
                .plan(node, DataSource.class)
                .map(plan -> new ComponentFactory(binder -> {}).build(plan, DataSource.class));
        problems.throwIfAny();
        return source.map(pictures -> pictures::image);
    }
}
