package io.github.selfsup4j.hooks.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.runner.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the reference trained with, iteration by iteration. */
record GoldenSchedule(String name, JsonNode json) {

    static Stream<GoldenSchedule> all() {
        try (Stream<Path> files = Files.list(Path.of(GoldenSchedule.class
                        .getResource("golden/cosine_epoch.json")
                        .toURI())
                .getParent())) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(GoldenSchedule::read)
                    .toList()
                    .stream();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GoldenSchedule read(Path file) {
        try {
            return new GoldenSchedule(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UpdaterHook lr() {
        return Hooks.schedule(json.get("lr_config").toString(), "LrUpdaterHook");
    }

    Optional<UpdaterHook> momentum() {
        return Optional.of(json.get("momentum_config"))
                .filter(config -> !config.isNull())
                .map(config -> Hooks.schedule(config.toString(), "MomentumUpdaterHook"));
    }

    /** The optimizer's learning rate for each parameter group. */
    List<Double> initialLr() {
        return numbers(json.get("param_group_lr"));
    }

    double initialMomentum() {
        return json.get("optimizer").get("momentum").asDouble();
    }

    int iterations() {
        return json.get("lr").size();
    }

    /**
     * By parameter group.
     *
     * @param quantity {@code lr} or {@code momentum}
     */
    List<Double> expected(String quantity, int iteration) {
        return numbers(json.get(quantity).get(iteration));
    }

    Progress at(int iteration) {
        int perEpoch = json.get("iters_per_epoch").asInt();
        return new Progress(0, 0, json.get("max_epochs").asInt(), iterations(), perEpoch, true).at(iteration);
    }

    private static List<Double> numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
