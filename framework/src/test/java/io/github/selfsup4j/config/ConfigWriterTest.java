package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWriterTest {
    private static final String TEXT = """
            type: AdamW
            lr: 1.5e-3
            betas: [0.9, 0.95]
            "on": "1"
            nothing: null
            empty: {}
            none: []
            pipeline:
            - type: ToTensor
            - type: Resize
              size: [14, 14]
              nested:
                a: "x: y"
            -
              - [1, 2]
              - {}
            - plain text
            """;

    @Test
    void writesOneLineForEachValue() {
        assertEquals("""
                type: AdamW
                lr: 1.5e-3
                betas: [0.9, 0.95]
                on: "1"
                nothing: null
                empty: {}
                none: []
                pipeline:
                - type: ToTensor
                - type: Resize
                  size: [14, 14]
                  nested:
                    a: "x: y"
                -
                  - [1, 2]
                  - {}
                - "plain text"
                """, ConfigWriter.toYaml(ConfigBinderTest.parse(TEXT)));
    }

    @Test
    void whatItWritesReadsBackTheSame() {
        MapNode config = ConfigBinderTest.parse(TEXT + """
                odd: ["", "null", "1e5", "a\\tb\\n\\"c\\"", "\\u00e4\\U0001F600", "#x", "- y", "'", "\\\\", "\\x7f\\x85\\u2028", " z "]
                "key with: colon": 1
                "true": true
                inf: -.inf
                long: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccc]
                """);
        assertEquals(
                ConfigWriter.toJson(config), ConfigWriter.toJson(ConfigBinderTest.parse(ConfigWriter.toYaml(config))));
    }

    @Test
    void writtenReferencesStayText(@TempDir Path folder) throws IOException {
        ConfigFolder configs = new ConfigFolder(folder).with("a.yaml", "a: $${b}");
        MapNode config = configs.read("a.yaml").root();
        assertEquals("a: \"$${b}\"\n", ConfigWriter.toYaml(config));
        configs.with("b.yaml", ConfigWriter.toYaml(config));
        assertEquals("{\"a\":\"${b}\"}", configs.json("b.yaml"));
    }

    @Test
    void explainsWhereValuesComeFrom(@TempDir Path folder) throws IOException {
        ConfigFolder configs = new ConfigFolder(folder);
        configs.with("base.yaml", "a: {b: 1, c: [1, 2]}\nd: ${a.b}").with("a.yaml", "_base_: base.yaml\na:\n  e: x\n");
        assertEquals(
                """
                a:
                  b: 1  # base.yaml:1
                  c:
                  - 1  # base.yaml:1
                  - 9  # --cfg-options a.c.1=9
                  e: x  # a.yaml:3
                d: 1  # base.yaml:1
                """,
                ConfigWriter.explain(configs.read("a.yaml", "a.c.1=9").root()).replace(folder + "/", ""));
    }

    @Test
    void writesJsonNumbersAsNumbers() {
        assertEquals(
                "{\"a\":16,\"b\":0.0015,\"c\":\".inf\",\"d\":123456789012345678901234567890}",
                ConfigWriter.toJson(ConfigBinderTest.parse(
                                "{a: 0x10, b: 1.5e-3, c: .inf, d: 123456789012345678901234567890}"))
                        .replaceAll("\\s", ""));
    }
}
