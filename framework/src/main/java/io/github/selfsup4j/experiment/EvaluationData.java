package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Location;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds images to look at with a model in a config: the config's own datasets, or other images that are prepared as its
 * datasets are. A pipeline for evaluation is that of {@code data.extract}, {@code data.test}, {@code data.val} or the
 * evaluator's; where a config has none of them, images are resized, cropped in the middle and normalised as in
 * training.
 */
public final class EvaluationData {
    private static final List<String> SHORT = List.of("train", "val", "test", "extract");
    private static final List<String> HELD_OUT =
            List.of("data.extract", "data.test", "data.val", "evaluation.evaluator.queries");
    private static final List<String> TESTED = List.of("evaluation.evaluator.queries", "data.test", "data.val");
    private static final String BANK = "evaluation.evaluator.bank";
    private static final String TRAIN = "data.train";
    private static final int USUAL_SIZE = 224;
    private static final double SIDE_TO_CROP = 256.0 / 224;

    private final MapNode root;
    private final boolean forEvaluation;

    /**
     * Data of a config.
     *
     * @param root the merged config
     * @param forEvaluation true if all its pipelines are for evaluation, that of {@code data.train} too
     */
    public EvaluationData(MapNode root, boolean forEvaluation) {
        this.root = root;
        this.forEvaluation = forEvaluation;
    }

    /**
     * The images that a config has to look at: the first there is of {@code data.extract}, held-out data, training
     * data.
     */
    public MapNode usual() {
        return first(HELD_OUT)
                .or(this::training)
                .orElseThrow(() -> none("images", "--images FOLDER, or --dataset-config FILE with a data.extract"));
    }

    /** Labelled images to learn from. */
    public MapNode known() {
        return first(List.of(BANK))
                .or(this::training)
                .orElseThrow(
                        () -> none("images to learn from", "--train KEY, or --dataset-config FILE with a data.train"));
    }

    /** Labelled images to test on. */
    public MapNode tested() {
        return first(TESTED)
                .orElseThrow(() -> none("images to test on", "--test KEY, or --dataset-config FILE with a data.val"));
    }

    /**
     * How many of the {@link #usual} images are to learn from, if a config says that the others are to test on
     * ({@code split_at}).
     */
    public OptionalInt splitAt() {
        return at("split_at.0")
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).toInt())
                .orElse(OptionalInt.empty());
    }

    /**
     * A dataset of the config by its key.
     *
     * @param key {@code val} or {@code data.val}, or any other path such as {@code evaluation.evaluator.bank}
     */
    public MapNode named(String key) {
        String path = SHORT.contains(key) ? "data." + key : key;
        return (path.equals(TRAIN)
                        ? training()
                        : at(path).filter(MapNode.class::isInstance).map(MapNode.class::cast))
                .orElseThrow(() -> {
                    List<String> known = Stream.concat(Stream.of(TRAIN, BANK), HELD_OUT.stream())
                            .filter(there -> at(there).isPresent())
                            .toList();
                    String near = Problems.nearest(path, known)
                            .map(name -> "; did you mean " + name + "?")
                            .orElse(".");
                    return ConfigException.of("the config has no dataset " + path + near + " It has " + known);
                });
    }

    /**
     * Images that no config names.
     *
     * @param paths picture files, folders of them, or one folder with a folder for each class
     */
    public MapNode of(List<Path> paths) throws IOException {
        MapNode source = map();
        if (paths.size() == 1 && hasClassFolders(paths.get(0))) {
            source = source.with("type", text("ImageNet"))
                    .with("data_prefix", text(paths.get(0).toString()));
        } else {
            List<ConfigNode> items = new ArrayList<>();
            paths.forEach(path -> items.add(text(path.toString())));
            source = source.with("type", text("ImagePaths")).with("paths", new ListNode(Location.NONE, "paths", items));
        }
        return prepared(source);
    }

    private static boolean hasClassFolders(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.anyMatch(Files::isDirectory);
        }
    }

    /** The training images without the randomness of training. */
    private Optional<MapNode> training() {
        return dataset(TRAIN)
                .flatMap(train -> forEvaluation
                        ? Optional.of(train)
                        : train.present("data_source").map(source -> prepared((MapNode) source)));
    }

    private MapNode prepared(MapNode source) {
        return map().with("type", text("SingleViewDataset"))
                .with("data_source", source)
                .with("pipeline", pipeline());
    }

    private ListNode pipeline() {
        return pipelines().get(0);
    }

    /** The config's pipelines for evaluation in the order of their use, and last the one for configs that have none. */
    public List<ListNode> pipelines() {
        Stream<ListNode> own =
                Stream.concat(HELD_OUT.stream(), Stream.of(BANK)).flatMap(path -> list(path + ".pipeline"));
        return Stream.concat(
                        Stream.concat(own, forEvaluation ? list(TRAIN + ".pipeline") : Stream.empty()),
                        Stream.of(usualPipeline()))
                .toList();
    }

    private Stream<ListNode> list(String path) {
        return at(path).filter(ListNode.class::isInstance).map(ListNode.class::cast).stream();
    }

    private ListNode usualPipeline() {
        int size = at("model.backbone.img_size")
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).toInt().orElse(USUAL_SIZE))
                .orElse(USUAL_SIZE);
        List<ConfigNode> steps = new ArrayList<>(List.of(
                step("Resize", (int) Math.round(size * SIDE_TO_CROP)),
                step("CenterCrop", size),
                map().with("type", text("ToTensor"))));
        Stream.of(TRAIN + ".pipeline", TRAIN + ".pipelines.0")
                .flatMap(path -> at(path).stream())
                .filter(ListNode.class::isInstance)
                .flatMap(list -> ((ListNode) list).items().stream())
                .filter(node -> node instanceof MapNode map
                        && map.text("type").filter("Normalize"::equals).isPresent())
                .findFirst()
                .ifPresent(steps::add);
        return new ListNode(Location.NONE, "pipeline", steps);
    }

    private static MapNode step(String type, int size) {
        return map().with("type", text(type))
                .with("size", ScalarNode.plain(Location.NONE, "size", String.valueOf(size)));
    }

    private static MapNode map() {
        return MapNode.empty(Location.NONE, "");
    }

    private static ScalarNode text(String value) {
        return ScalarNode.string(Location.NONE, "", value);
    }

    private Optional<MapNode> first(List<String> paths) {
        return paths.stream().flatMap(path -> dataset(path).stream()).findFirst();
    }

    private Optional<MapNode> dataset(String path) {
        return at(path).filter(MapNode.class::isInstance).map(MapNode.class::cast);
    }

    private Optional<ConfigNode> at(String path) {
        Optional<ConfigNode> node = Optional.of(root);
        for (String key : path.split("\\.")) {
            node = node.flatMap(here -> below(here, key));
        }
        return node.filter(found -> !found.isNull());
    }

    private static Optional<ConfigNode> below(ConfigNode node, String key) {
        if (node instanceof ListNode list) {
            return key.matches("\\d{1,9}")
                            && Integer.parseInt(key) < list.items().size()
                    ? Optional.of(list.items().get(Integer.parseInt(key)))
                    : Optional.empty();
        }
        return node instanceof MapNode map ? map.get(key) : Optional.empty();
    }

    private static ConfigException none(String what, String advice) {
        return ConfigException.of("the config has no " + what + "; give " + advice);
    }
}
