package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    private Path folder;

    private ConfigFolder configs;

    @BeforeEach
    void createFolder() {
        configs = new ConfigFolder(folder);
    }

    private static ConfigNode node(MapNode root, String path) {
        ConfigNode node = root;
        for (String key : path.split("\\.")) {
            node = Lookup.below(node, key).orElseThrow();
        }
        return node;
    }

    @Test
    void keepsTypesAndOrder() throws IOException {
        configs.with("a.yaml", """
                z: 1
                a: 1.0e-5
                on: yes
                text: "1"
                nothing:
                flag: true
                list: [1, x, {k: 2.5}]
                """);
        assertEquals(
                "{'z':1,'a':1.0E-5,'on':'yes','text':'1','nothing':null,'flag':true,'list':[1,'x',{'k':2.5}]}"
                        .replace('\'', '"'),
                configs.json("a.yaml"));
    }

    @Test
    void readsJsonIndentedWithTabs() throws IOException {
        configs.with("a.json", "{\n\t\"a\": [1,\t2],\n\t\"b\": {\"c\": \"\\u00e4\\n\\ud83d\\ude00\", \"d\": 1E5}\n}\n");
        MapNode root = configs.read("a.json").root();
        assertEquals("ä\n😀", ((ScalarNode) node(root, "b.c")).asText());
        assertEquals(1e5, ((ScalarNode) node(root, "b.d")).asDouble());
        assertEquals(3, node(root, "b.c").location().line());
    }

    @Test
    void mergesMapsAndReplacesTheRest() throws IOException {
        configs.with(
                "base.yaml",
                "optimizer: {type: AdamW, lr: 1, betas: [0.9, 0.95]}\nrunner: {max_epochs: 300}\nload_from: null\n");
        configs.with(
                "a.yaml",
                "_base_: base.yaml\noptimizer: {lr: 2, betas: [0.5]}\nrunner: 7\nload_from: {x: 1}\nnew: n\n");
        assertEquals(
                "{'optimizer':{'type':'AdamW','lr':2,'betas':[0.5]},'runner':7,'load_from':{'x':1},'new':'n'}"
                        .replace('\'', '"'),
                configs.json("a.yaml"));
    }

    @Test
    void findsBasesRelativeToTheFileThatNamesThem() throws IOException {
        configs.with("_base_/models/m.yaml", "model: {a: 1}");
        configs.with("_base_/run.yaml", "_base_: models/m.yaml\nrun: 1");
        configs.with("_base_/data.yaml", "data: 1");
        configs.with("algo/a.yaml", "_base_: [../_base_/run.yaml, ../_base_/data.yaml]\nmodel: {b: 2}");
        ConfigFile config = configs.read("algo/a.yaml");
        assertEquals("{\"model\":{\"a\":1,\"b\":2},\"run\":1,\"data\":1}", ConfigFolder.compact(config.root()));
        assertEquals(
                List.of("_base_/models/m.yaml", "_base_/run.yaml", "_base_/data.yaml", "algo/a.yaml"),
                config.files().stream()
                        .map(file -> folder.relativize(file).toString())
                        .toList());
    }

    @Test
    void deleteReplacesWhatItWouldMergeWith() throws IOException {
        configs.with("base.yaml", "a: {x: 1, y: {z: 1}}\nb: 3");
        configs.with("a.yaml", """
                _base_: base.yaml
                a: {_delete_: true, y: {_delete_: true, w: 2}}
                b: {_delete_: true, v: 1}
                c: {_delete_: true, u: 1}
                """);
        assertEquals("{'a':{'y':{'w':2}},'b':{'v':1},'c':{'u':1}}".replace('\'', '"'), configs.json("a.yaml"));
        configs.with("keep.yaml", "_base_: base.yaml\na: {_delete_: false, y: 2}");
        assertEquals("{'a':{'x':1,'y':2},'b':3}".replace('\'', '"'), configs.json("keep.yaml"));
        configs.with("all.yaml", "_base_: base.yaml\n_delete_: true\nc: 1");
        assertEquals("{\"c\":1}", configs.json("all.yaml"));
    }

    @Test
    void nullTakesASectionAway() throws IOException {
        configs.with("base.yaml", "fp16: {loss_scale: dynamic}");
        configs.with("a.yaml", "_base_: base.yaml\nfp16: null");
        MapNode root = configs.read("a.yaml").root();
        assertTrue(root.get("fp16").isPresent());
        assertTrue(root.present("fp16").isEmpty());
    }

    @Test
    void everyValueKnowsItsFileAndLine() throws IOException {
        configs.with("base.yaml", "norm:\n  mean: [1,\n    2]\n  std: 3\nuse: ${norm.std}\n");
        configs.with("a.yaml", "_base_: base.yaml\n\nnorm:\n  std: 4\nlist:\n- a: ${norm}\n");
        MapNode root = configs.read("a.yaml", "x.y=1").root();
        assertEquals(folder + "/base.yaml:2", node(root, "norm.mean").location().toString());
        assertEquals(
                folder + "/base.yaml:3", node(root, "norm.mean.1").location().toString());
        assertEquals(folder + "/a.yaml:4", node(root, "norm.std").location().toString());
        assertEquals(folder + "/a.yaml:3", node(root, "norm").location().toString());
        assertEquals(folder + "/a.yaml:4", node(root, "use").location().toString());
        assertEquals(folder + "/a.yaml:4", node(root, "list.0.a.std").location().toString());
        assertEquals("list.0.a.std", node(root, "list.0.a.std").path());
        assertEquals("--cfg-options x.y=1", node(root, "x.y").location().toString());
        assertEquals(
                folder + "/base.yaml:4",
                configs.read("base.yaml")
                        .root()
                        .get("use")
                        .orElseThrow()
                        .location()
                        .toString());
    }

    @Test
    void keysKnowTheirLineToo() throws IOException {
        configs.with("base.yaml", "a:\n  x:\n    1\n");
        configs.with("a.yaml", "_base_: base.yaml\n\n\na:\n  y: 2\n");
        MapNode a = (MapNode) configs.read("a.yaml").root().get("a").orElseThrow();
        assertEquals(folder + "/base.yaml:2", a.keyLocation("x").toString());
        assertEquals(
                folder + "/base.yaml:3", a.get("x").orElseThrow().location().toString());
        assertEquals(folder + "/a.yaml:5", a.keyLocation("y").toString());
    }

    @Test
    void referencesKeepTheTypeOfWhatTheyStandFor() throws IOException {
        configs.with("a.yaml", """
                n: 3
                list: [1, {k: "${n}"}]
                copy: ${list}
                item: ${ list.1.k }
                far: ${copy.1.k}
                text: a${n}b-${text2}
                text2: "${n}"
                """);
        assertEquals(
                "{'n':3,'list':[1,{'k':3}],'copy':[1,{'k':3}],'item':3,'far':3,'text':'a3b-3','text2':3}"
                        .replace('\'', '"'),
                configs.json("a.yaml"));
    }

    @Test
    void overridingWhatIsReferredToReachesEveryUse() throws IOException {
        configs.with(
                "base.yaml",
                "norm: {mean: 1}\npipeline:\n- {type: Normalize, mean: \"${norm.mean}\"}\ndata: {pipeline: \"${pipeline}\"}");
        configs.with("a.yaml", "_base_: base.yaml\nnorm: {mean: 2}");
        assertEquals(
                "{'norm':{'mean':2},'pipeline':[{'type':'Normalize','mean':2}],'data':{'pipeline':[{'type':'Normalize','mean':2}]}}"
                        .replace('\'', '"'),
                configs.json("a.yaml"));
        assertTrue(configs.json("a.yaml", "norm.mean=5")
                .endsWith("'data':{'pipeline':[{'type':'Normalize','mean':5}]}}".replace('\'', '"')));
    }

    @Test
    void mergingAndOverridingReachThroughReferences() throws IOException {
        configs.with(
                "base.yaml",
                "pipeline: [{size: 1}, {size: 2}]\nnorm: {a: 1}\ndata: {pipeline: \"${pipeline}\", norm: \"${norm}\"}");
        configs.with("a.yaml", "_base_: base.yaml\ndata: {norm: {b: 2}}");
        assertEquals(
                "{'pipeline':[{'size':1},{'size':9}],'norm':{'a':1},'data':{'pipeline':[{'size':7},{'size':9}],'norm':{'a':1,'b':2}}}"
                        .replace('\'', '"'),
                configs.json("a.yaml", "data.pipeline.0.size=7", "pipeline.1.size=9"));
    }

    @Test
    void tellsWhatIsReferredToAnywhere() throws IOException {
        configs.with(
                "base.yaml",
                "size: 1\npipeline: [{size: \"${size}\"}]\ndata: {pipeline: \"${pipeline}\", a: \"x${norm.mean}\"}\nnorm: {mean: 1}");
        configs.with("a.yaml", "_base_: base.yaml\ndata: {pipeline: []}");
        ConfigFile config = configs.read("a.yaml");
        assertEquals(Set.of("size", "pipeline", "norm.mean"), config.references());
        assertTrue(config.isReferred("norm"));
        assertTrue(config.isReferred("pipeline"));
        assertFalse(config.isReferred("data"));
        assertFalse(config.isReferred("nor"));
    }

    @Test
    void takesValuesFromTheEnvironment() throws IOException {
        configs.with("a.yaml", """
                epochs: ${env:EPOCHS}
                root: ${env:DATA:/data}/train
                other: ${env:OTHER:a:b}
                empty: ${env:EMPTY:}
                lr: ${env:LR:1e-3}
                """);
        MapNode root =
                configs.read("a.yaml", Map.of("EPOCHS", "20", "DATA", "/mnt")).root();
        assertEquals(
                "{'epochs':20,'root':'/mnt/train','other':'a:b','empty':null,'lr':0.001}".replace('\'', '"'),
                ConfigFolder.compact(root));
    }

    @Test
    void aDoubledDollarIsOne() throws IOException {
        configs.with("a.yaml", "a: $${b}\nc: $5 $$ {x}\nd: 1$${x}${e}\ne: 2");
        assertEquals("{'a':'${b}','c':'$5$${x}','d':'1${x}2','e':2}".replace('\'', '"'), configs.json("a.yaml"));
    }

    @Test
    void overridesAreTypedAsYaml() throws IOException {
        configs.with("a.yaml", "a: {b: 1, c: [1, {x: 2}]}");
        assertEquals(
                "{'a':{'b':0.001,'c':[5,{'x':3,'y':'on'}],'d':{'e':[1,'2']}},'f':{'g':null},'h':null,'i':'k=v'}"
                        .replace('\'', '"'),
                configs.json(
                        "a.yaml",
                        "a.b=1e-3",
                        "a.c.0=5",
                        "a.c.1.x=3",
                        "a.c.1.y=on",
                        "a.d={e: [1, '2']}",
                        "f.g=null",
                        "h=",
                        "i=k=v"));
    }

    @Test
    void overriddenMapsMergeLikeFiles() throws IOException {
        configs.with("a.yaml", "a: {b: {x: 1}, c: {x: 1}}");
        assertEquals(
                "{'a':{'b':{'x':1,'y':2},'c':{'y':2}}}".replace('\'', '"'),
                configs.json("a.yaml", "a.b={y: 2}", "a.c={_delete_: true, y: 2}"));
    }

    @Test
    void overridesMayReferToo() throws IOException {
        configs.with("a.yaml", "a: 1\nb: 2");
        assertEquals("{\"a\":2,\"b\":2}", configs.json("a.yaml", "a=${b}"));
    }

    @Test
    void aliasesAreCopies() throws IOException {
        configs.with("a.yaml", "a: &x {k: [1]}\nb: *x\nc: [*x, &y 3, *y]");
        MapNode root = configs.read("a.yaml").root();
        assertEquals(
                "{'a':{'k':[1]},'b':{'k':[1]},'c':[{'k':[1]},3,3]}".replace('\'', '"'), ConfigFolder.compact(root));
        assertEquals("c.0.k.0", node(root, "c.0.k.0").path());
    }

    @Test
    void anEmptyFileIsAnEmptyConfig() throws IOException {
        configs.with("a.yaml", "# nothing\n").with("b.yaml", "\uFEFFa: 1\r\nb: 2\r\n");
        assertEquals("{}", configs.json("a.yaml"));
        assertEquals("{\"a\":1,\"b\":2}", configs.json("b.yaml"));
    }
}
