package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts that users see; change them here on purpose only. */
class ConfigBinderMistakesTest {
    enum Mode {
        LINEAR,
        COSINE
    }

    public static final class Config implements Validated {
        public int patchSize = 16;
        public Integer numHeads;
        public long seed;
        public float lr;
        public double ratio;
        public boolean qkvBias;
        public String arch = "b";
        public Mode mode = Mode.LINEAR;
        public List<Integer> sizes = List.of();
        public Map<String, Double> weights = Map.of();
        public Path file;
        public Part part = new Part();
        public MapNode map;

        @Override
        public void validate(Checks checks) {
            checks.require(patchSize > 0, "patchSize", "a positive integer");
            checks.require(ratio < 1, "ratio", "a number below 1");
            checks.require(lr <= ratio + 1, "lr", "at most ratio + 1");
        }
    }

    public static final class Part implements Validated {
        public double p = 2;

        @Override
        public void validate(Checks checks) {
            checks.require(p <= 1, "p", "a number up to 1");
        }
    }

    public static final class Needs {
        @Required
        public int embedDims;

        @Required
        public List<Integer> sizes;

        @Required
        public Part part;

        @Required
        public Mode mode;

        @Required
        public Integer boxed;
    }

    public static final class Nothing {}

    private static String problems(String yaml, Class<?> type, Set<String> otherKeys) {
        Problems problems = new Problems();
        ConfigBinder.bind((MapNode) ConfigBinderTest.parse(yaml).get("model").orElseThrow(), type, otherKeys, problems);
        return problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patch_size: 19.5       | patch_size: expected an integer, found the number 19.5",
                "patch_size: 16.0       | patch_size: expected an integer, found the number 16.0",
                "patch_size: \"192\"    | patch_size: expected an integer, found the string \"192\"; leave out the quotes",
                "patch_size: big        | patch_size: expected an integer, found the string \"big\"",
                "patch_size: null       | patch_size: expected an integer, found null",
                "patch_size: true       | patch_size: expected an integer, found true",
                "patch_size: [16]       | patch_size: expected an integer, found a list of 1 item",
                "patch_size: {a: 1}     | patch_size: expected an integer, found a map with a",
                "patch_size: 3000000000 | patch_size: expected an integer from -2147483648 to 2147483647, found the integer 3000000000",
                "num_heads: x           | num_heads: expected an integer, found the string \"x\"",
                "seed: 9223372036854775808 | seed: expected an integer of at most 64 bits, found the integer 9223372036854775808",
                "lr: 1e39               | lr: expected a number up to 3.4e38, found the number 1e39",
                "ratio: 1e309           | ratio: expected a number up to 1.7e308, found the number 1e309",
                "ratio: \"0.5\"         | ratio: expected a number, found the string \"0.5\"; leave out the quotes",
                "qkv_bias: yes          | qkv_bias: expected true or false, found the string \"yes\"",
                "qkv_bias: 1            | qkv_bias: expected true or false, found the integer 1",
                "arch: 5                | arch: expected a string, found the integer 5; put it in quotes",
                "arch: null             | arch: expected a string, found null",
                "mode: cosin            | mode: expected one of linear, cosine, found the string \"cosin\"; did you mean 'cosine'?",
                "mode: 1                | mode: expected one of linear, cosine, found the integer 1",
                "sizes: 3               | sizes: expected a list, found the integer 3",
                "sizes: [1, x]          | sizes.1: expected an integer, found the string \"x\"",
                "sizes: [null]          | sizes.0: expected an integer, found null",
                "weights: [1]           | weights: expected a map, found a list of 1 item",
                "weights: {a: b}        | weights.a: expected a number, found the string \"b\"",
                "file: 1                | file: expected a file name, found the integer 1; put it in quotes",
                "part: 1                | part: expected a map, found the integer 1",
                "part: {q: 1}           | part.q: unknown key; known keys: p",
                "part: {}               | part.p: expected a number up to 1, found the default 2.0",
                "map: [1]               | map: expected a map, found a list of 1 item",
                "patch_size: -1         | patch_size: expected a positive integer, found the integer -1",
            })
    void oneWrongValue(String yaml, String message) {
        String line = yaml.startsWith("part:") ? yaml : yaml + "\n  part: {p: 1}";
        assertEquals("a.yaml:2: model." + message, problems("model:\n  " + line, Config.class, Set.of()));
    }

    @Test
    void unknownKeys() {
        assertEquals("""
                a.yaml:2: model.patchSize: unknown key; did you mean 'patch_size'? Known keys: arch, file, lr, map, mode, num_heads, \
                part, patch_size, qkv_bias, ratio, seed, sizes, type, weights
                a.yaml:3: model.zzz: unknown key; known keys: arch, file, lr, map, mode, num_heads, part, patch_size, qkv_bias, ratio, \
                seed, sizes, type, weights""", problems("model:\n  patchSize: 1\n  zzz: 2\n  type: X\n", Config.class, Set.of("type")));
        assertEquals(
                "a.yaml:1: model.a: unknown key; no keys are known here",
                problems("model: {a: 1}", Nothing.class, Set.of()));
    }

    @Test
    void missingKeys() {
        assertEquals("""
                a.yaml:1: model: missing required key 'embed_dims': expected an integer
                a.yaml:1: model: missing required key 'sizes': expected a list
                a.yaml:1: model: missing required key 'part': expected a map
                a.yaml:1: model: missing required key 'mode': expected one of linear, cosine
                a.yaml:2: model.boxed: expected an integer, found null""", problems("model:\n  boxed: null", Needs.class, Set.of()));
    }

    @Test
    void failedChecksNameTheValueOrItsDefault() {
        assertEquals("""
                a.yaml:3: model.ratio: expected a number below 1, found the number 1.5
                a.yaml:4: model.lr: expected at most ratio + 1, found the integer 7""", problems("model:\n  part: {p: 0}\n  ratio: 1.5\n  lr: 7", Config.class, Set.of()));
    }

    @Test
    void checksAreLeftOutWhileTypesAreWrong() {
        assertEquals(
                "a.yaml:1: model.lr: expected a number, found the string \"x\"",
                problems("model: {lr: x, ratio: 1.5, part: {p: 0}}", Config.class, Set.of()));
    }

    @Test
    void whatFollowsFromABrokenReferenceIsNotTold() {
        Problems problems = new Problems();
        MapNode node = ConfigBinderTest.parse("patch_size: ${none}\npart: {p: 0}");
        problems.add(node.get("patch_size").orElseThrow(), "no such key");
        ConfigBinder.bind(node, Config.class, Set.of(), problems);
        assertEquals(1, problems.size());
    }

    @Test
    void allProblemsAreThrownTogether() {
        Problems problems = new Problems();
        problems.add(new Location("a.yaml", 3), "x", "wrong", "do better");
        problems.add(Location.NONE, "", "nothing works");
        ConfigException thrown = assertThrows(ConfigException.class, problems::throwIfAny);
        assertEquals("a.yaml:3: x: wrong; do better\nnothing works", thrown.getMessage());
        assertEquals(2, thrown.problems().size());
    }
}
