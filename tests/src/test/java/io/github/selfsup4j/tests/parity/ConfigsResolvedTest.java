package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.ConfigWriter;
import io.github.selfsup4j.config.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped config equals MMSelfSup's of the same name, key by key, after both were resolved. The reference's are
 * in {@code configs_resolved}, as mmcv 1.5.2 loads them (tuples are lists there).
 */
class ConfigsResolvedTest {
    private static final Path CONFIGS = Path.of("../configs");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Path of a key that differs, and why. Everything else is equal. */
    private static final Map<String, String> DIFFERENCES = Map.of(
            "img_norm_cfg",
                    "a Python variable that CAE's dataset defines and nothing uses: CAE normalises in the model",
            "checkpoint_config.out_dir",
                    "a storage service of the reference's authors, in resnet50_8xb32-steplr-90e_in1k: checkpoints go to the work directory");

    /** Configs that MMSelfSup does not have, by the start of their names. */
    private static final List<String> OURS = List.of(
            "selfsup/cae/cae_vit-tiny-p4_",
            "selfsup/mae/mae_vit-tiny-p4_",
            "selfsup/byol/byol_resnet18-tiny_",
            "selfsup/_base_/datasets/fashion-mnist",
            "benchmarks/classification/fashion-mnist/",
            "benchmarks/classification/_base_/datasets/fashion-mnist",
            "benchmarks/classification/_base_/models/vit-tiny-p4_");

    static Stream<String> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(CONFIGS)) {
            return files
                    .map(file -> CONFIGS.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".yaml") && OURS.stream().noneMatch(name::startsWith))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void equalsTheReferenceKeyByKey(String name) throws IOException {
        Map<String, String> differences = differences(name);
        differences.keySet().removeAll(DIFFERENCES.keySet());
        assertTrue(differences.isEmpty(), () -> name + " differs: " + differences);
    }

    @Test
    void everyListedDifferenceExists() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String name : shipped().toList()) {
            found.addAll(differences(name).keySet());
        }
        assertEquals(DIFFERENCES.keySet(), found);
    }

    private static Map<String, String> differences(String name) throws IOException {
        Problems problems = new Problems();
        ConfigFile config = ConfigReader.read(CONFIGS.resolve(name), List.of(), Map.of(), problems);
        problems.throwIfAny();
        Map<String, String> differences = new TreeMap<>();
        compare("", JSON.readTree(ConfigWriter.toJson(config.root())), reference(name), differences);
        return differences;
    }

    private static JsonNode reference(String name) throws IOException {
        String resource = "/configs_resolved/" + name.replace(".yaml", ".json");
        try (InputStream in = ConfigsResolvedTest.class.getResourceAsStream(resource)) {
            assertTrue(
                    in != null,
                    () -> "no resource " + resource + ": add the reference's config, or list " + name + " as ours");
            return JSON.readTree(in);
        }
    }

    private static void compare(String path, JsonNode ours, JsonNode reference, Map<String, String> differences) {
        if (ours.isObject() && reference.isObject()) {
            Set<String> keys = new TreeSet<>();
            ours.fieldNames().forEachRemaining(keys::add);
            reference.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key ->
                    compare(path.isEmpty() ? key : path + "." + key, ours.path(key), reference.path(key), differences));
        } else if (ours.isArray() && reference.isArray() && ours.size() == reference.size()) {
            for (int i = 0; i < ours.size(); i++) {
                compare(path + "." + i, ours.get(i), reference.get(i), differences);
            }
        } else if (!ours.equals(reference)) {
            differences.put(path, "ours " + show(ours) + ", reference " + show(reference));
        }
    }

    private static String show(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
