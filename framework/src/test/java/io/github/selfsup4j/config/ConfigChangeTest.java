package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {
    private static List<String> between(String before, String now) {
        return ConfigChange.between(ConfigReader.readText(before, "before"), ConfigReader.readText(now, "now")).stream()
                .map(ConfigChange::toString)
                .toList();
    }

    @Test
    void tellsValuesByTheirKeyPaths() {
        assertEquals(
                List.of("optimizer.lr: 0.1 -> 0.2", "data.train.pipeline.1.size: 8 -> 9"),
                between(
                        "{optimizer: {type: SGD, lr: 0.1}, data: {train: {pipeline: [{type: A}, {type: B, size: 8}]}}}",
                        "{optimizer: {type: SGD, lr: 0.2}, data: {train: {pipeline: [{type: A}, {type: B, size: 9}]}}}"));
    }

    @Test
    void tellsWhatCameAndWhatWent() {
        assertEquals(
                List.of(
                        "b: not there -> 2",
                        "hooks: a list of 1 item -> a list of 2 items",
                        "a: a map with x -> not there"),
                between("{a: {x: 1}, hooks: [1]}", "{b: 2, hooks: [1, 2]}"));
    }

    @Test
    void theSameNumberWrittenOtherwiseIsNoChangeNorIsNull() {
        assertEquals(List.of(), between("{lr: 1e-3, n: 2, flag: true, none: null}", "{lr: 0.001, n: 2.0, flag: True}"));
    }

    @Test
    void aTextIsNoNumber() {
        assertEquals(List.of("a: 1 -> 1"), between("{a: 1}", "{a: \"1\"}"));
    }
}
