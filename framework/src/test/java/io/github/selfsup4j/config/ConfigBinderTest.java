package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigBinderTest {
    enum Interpolation {
        NEAREST,
        BICUBIC_AA
    }

    /** A number or a list of them. */
    record Steps(List<Integer> steps) {
        public static Steps fromConfig(ConfigNode node, Problems problems) {
            List<ConfigNode> items = node instanceof ListNode list ? list.items() : List.of(node);
            return new Steps(items.stream()
                    .map(item -> (int) ((ScalarNode) item).asLong())
                    .toList());
        }
    }

    public static class Base {
        public int embedDims = 768;
        public double lambd = 2;
    }

    public static final class Config extends Base {
        public static int notAKey = 1;
        public final int notAKeyEither = 1;
        public long seed;
        public float lr;
        public boolean qkvBias;
        public Integer maxNumPatches = 5;
        public Float initValues = 0.1f;
        public Boolean flag;
        public String arch = "b";
        public String prefix;
        public Interpolation interpolation = Interpolation.NEAREST;
        public List<Double> betas = List.of(0.9);
        public List<List<Integer>> grid = List.of();
        public int[] sizes = {};
        public Map<String, Nested> options = Map.of();
        public Path checkpoint;
        public Nested nested = new Nested();
        public ConfigNode raw;
        public MapNode rawMap;
        public Steps step = new Steps(List.of());
    }

    public static final class Nested {
        public double weightDecay = 0.05;
        public Nested inner;
    }

    static MapNode parse(String yaml) {
        Problems problems = new Problems();
        MapNode node =
                (MapNode) YamlParser.parse(new YamlParser.Source("a.yaml", yaml, true), "", new Budget(), problems)
                        .orElseThrow();
        problems.throwIfAny();
        return node;
    }

    private static Config bind(String yaml) {
        Problems problems = new Problems();
        Config config = ConfigBinder.bind(parse(yaml).at("model"), Config.class, Set.of("type"), problems);
        problems.throwIfAny();
        return config;
    }

    @Test
    void fillsEveryTypeOfField() {
        Config config = bind("""
                type: X
                embed_dims: 192
                lambd: 1
                seed: 9223372036854775807
                lr: 1e-3
                qkv_bias: true
                max_num_patches: 7
                init_values: 1
                flag: false
                arch: s
                interpolation: bicubic-aa
                betas: [0.9, 1]
                grid: [[1, 2], []]
                sizes: [224, 112]
                options: {norm: {weight_decay: 0}, bias: {}}
                checkpoint: a/b.pth
                nested: {inner: {weight_decay: 1}}
                raw: [1]
                raw_map: {a: 1}
                step: 30
                """);
        assertEquals(192, config.embedDims);
        assertEquals(1.0, config.lambd);
        assertEquals(Long.MAX_VALUE, config.seed);
        assertEquals(1e-3f, config.lr);
        assertTrue(config.qkvBias);
        assertEquals(7, config.maxNumPatches);
        assertEquals(1f, config.initValues);
        assertEquals(false, config.flag);
        assertEquals("s", config.arch);
        assertEquals(Interpolation.BICUBIC_AA, config.interpolation);
        assertEquals(List.of(0.9, 1.0), config.betas);
        assertEquals(List.of(List.of(1, 2), List.of()), config.grid);
        assertArrayEquals(new int[] {224, 112}, config.sizes);
        assertEquals(List.of("norm", "bias"), List.copyOf(config.options.keySet()));
        assertEquals(0.0, config.options.get("norm").weightDecay);
        assertEquals(0.05, config.options.get("bias").weightDecay);
        assertEquals(Path.of("a/b.pth"), config.checkpoint);
        assertEquals(1.0, config.nested.inner.weightDecay);
        assertInstanceOf(ListNode.class, config.raw);
        assertEquals(Set.of("a"), config.rawMap.keys());
        assertEquals(new Steps(List.of(30)), config.step);
    }

    @Test
    void keepsDefaultsOfKeysThatAreNotGiven() {
        Config config = bind("arch: s");
        assertEquals(768, config.embedDims);
        assertEquals(0.1f, config.initValues);
        assertEquals(List.of(0.9), config.betas);
        assertEquals(new Steps(List.of(60, 80)), bind("step: [60, 80]").step);
    }

    @Test
    void nullStandsWhereTheDefaultIsNullOrTheTypeBoxed() {
        Config config = bind(
                "max_num_patches: null\ninit_values: ~\nprefix:\ncheckpoint: null\nnested: {inner: null}\nraw: null");
        assertNull(config.maxNumPatches);
        assertNull(config.initValues);
        assertNull(config.prefix);
        assertNull(config.nested.inner);
    }

    public static final class Sections {
        public Nested optimizerConfig = new Nested();
        public List<Integer> customHooks = List.of(1);
        public String logLevel = "INFO";
    }

    @Test
    void atTheTopOfAConfigNullMeansAbsent() {
        Problems problems = new Problems();
        Sections sections = ConfigBinder.bind(
                parse("optimizer_config: null\ncustom_hooks: null\nlog_level:"), Sections.class, Set.of(), problems);
        problems.throwIfAny();
        assertEquals(0.05, sections.optimizerConfig.weightDecay);
        assertEquals(List.of(1), sections.customHooks);
        assertEquals("INFO", sections.logLevel);
    }

    @Test
    void infiniteNumbersMustBeWrittenSo() {
        assertEquals(Float.POSITIVE_INFINITY, bind("lr: .inf").lr);
        assertTrue(Double.isNaN(bind("lambd: .nan").lambd));
    }

    @Test
    void keysAreSnakeCaseOfFields() {
        assertEquals("n_hid", ConfigField.snakeCase("nHid"));
        assertEquals("embed_dims", ConfigField.snakeCase("embedDims"));
        assertEquals("lambd", ConfigField.snakeCase("lambd"));
        assertEquals(
                List.of("embed_dims", "lambd", "seed"),
                ConfigField.of(Config.class).stream()
                        .map(ConfigField::key)
                        .limit(3)
                        .toList());
    }

    public static final class Unsupported {
        public Date date;
    }

    public static final class NotADefault {
        public NotADefault(int required) {}
    }

    @Test
    void tellsAuthorsOfConfigClassesWhatIsWrong() {
        assertEquals(
                "java.util.Date is no type for a config field",
                assertThrows(
                                IllegalStateException.class,
                                () -> ConfigBinder.bind(parse("date: {}"), Unsupported.class, Set.of(), new Problems()))
                        .getMessage());
        assertEquals(
                NotADefault.class.getName() + " must be a static class with a constructor without parameters",
                assertThrows(
                                IllegalStateException.class,
                                () -> ConfigBinder.bind(parse("{}"), NotADefault.class, Set.of(), new Problems()))
                        .getMessage());
    }
}
