package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts that users see; change them here on purpose only. */
class ConfigReaderMistakesTest {
    @TempDir
    private Path folder;

    private ConfigFolder configs;

    @BeforeEach
    void createFolder() {
        configs = new ConfigFolder(folder);
    }

    static Stream<Arguments> badYaml() {
        return Stream.of(
                Arguments.of(
                        "a:\n\tb: 1", "a.yaml:2:1: bad YAML: a tab where only spaces may stand; indent with spaces"),
                Arguments.of(
                        "a: @x",
                        "a.yaml:1:4: bad YAML: no value can start with this character; put the text in quotes"),
                Arguments.of(
                        "a: 1\n  b: 2",
                        "a.yaml:2:4: bad YAML: a 'key: value' cannot stand here; "
                                + "check the indentation of this line and the one above; put a text that contains ': ' in quotes"),
                Arguments.of(
                        "a: - b", "a.yaml:1:4: bad YAML: a '- item' cannot stand here; start it on a line of its own"),
                Arguments.of(
                        "a: 1\nb: 'x\nc: 2\n",
                        "a.yaml:2:4: bad YAML: the quote is never closed; add the closing quote"),
                Arguments.of(
                        "a: 1\nb: [1,\n  2\n",
                        "a.yaml:2:4: bad YAML: the bracket is never closed; add the closing bracket"),
                Arguments.of(
                        "a: {b: 1 c: 2}",
                        "a.yaml:1:11: bad YAML: a comma or the closing bracket is missing before this; check the brackets"),
                Arguments.of(
                        "a: {b: ${c}}",
                        "a.yaml:1:9: bad YAML: inside { } and [ ] a reference needs quotes; write \"${...}\""),
                Arguments.of("a: 1\nb\nc: 2", "a.yaml:3:1: bad YAML: a key without ':'; write 'key: value'"),
                Arguments.of(
                        "a: \"C:\\x\"",
                        "a.yaml:1:9: bad YAML: incomplete escape sequence in a double-quoted text; "
                                + "write \\\\ for a backslash, or use single quotes"),
                Arguments.of(
                        "a: \"C:\\d\"",
                        "a.yaml:1:8: bad YAML: unknown escape sequence in a double-quoted text; "
                                + "write \\\\ for a backslash, or use single quotes"),
                Arguments.of(
                        "a: *.jpg",
                        "a.yaml:1:5: bad YAML: a name must follow '*' or '&'; quote a text that starts with one of these"),
                Arguments.of(
                        "a:\n- b: 1\n d: 3",
                        "a.yaml:3:2: bad YAML: this does not fit the lines above it; "
                                + "check the indentation; a value ends with its closing quote"),
                Arguments.of(
                        "  a: 1\nb: 2",
                        "a.yaml:2:1: bad YAML: this does not fit the lines above it; check the indentation"),
                Arguments.of(
                        "a: [1,,2]",
                        "a.yaml:1:7: bad YAML: a value is missing before this character; add the value, or put the text in quotes"),
                Arguments.of(
                        "a: b\nc: x\u0001",
                        "a.yaml:2:5: bad YAML: the character U+0001 is not allowed; remove it, or write it as \"\\u0001\""),
                Arguments.of(
                        "a: |x",
                        "a.yaml:1:5: bad YAML: expected chomping or indentation indicators, but found x(120)"));
    }

    @ParameterizedTest
    @MethodSource
    void badYaml(String text, String message) throws IOException {
        configs.with("a.yaml", text);
        assertEquals(message, configs.problems("a.yaml"));
    }

    static Stream<Arguments> yamlThatIsNoConfig() {
        return Stream.of(
                Arguments.of("- a", "a.yaml:1: expected 'key: value' lines, found a list of 1 item"),
                Arguments.of("train", "a.yaml:1: expected 'key: value' lines, found the string \"train\""),
                Arguments.of(
                        "a: 1\n---\nb: 2", "a.yaml:2: a second YAML document starts here; a config is a single one"),
                Arguments.of(
                        "a:\n  b: 1\n  c: 2\n  b: 3",
                        "a.yaml:4: a.b: this key was given before, at a.yaml:2; keep one of them"),
                Arguments.of("a: {? [1] : 2}", "a.yaml:1: a: a key must be a text, not a map or a list"),
                Arguments.of("\"\": 2", "a.yaml:1: a key must be a text, not empty or an alias"),
                Arguments.of(
                        "a: &x {b: 1}\nc:\n  <<: *x",
                        "a.yaml:3: c: YAML's merge key '<<' is not supported; use _base_ or ${key.path}"),
                Arguments.of(
                        "a: *x",
                        "a.yaml:1: a: nothing before this is marked &x; "
                                + "mark it, or quote the text if it just starts with an asterisk"),
                Arguments.of(
                        "a: &x [*x]",
                        "a.yaml:1: a.0: nothing before this is marked &x; "
                                + "mark it, or quote the text if it just starts with an asterisk"),
                Arguments.of(
                        "a: !!python/tuple [1]",
                        "a.yaml:1: a: the YAML tag !!python/tuple is not supported; "
                                + "leave it out; put a value in quotes to make it a string"));
    }

    @ParameterizedTest
    @MethodSource
    void yamlThatIsNoConfig(String text, String message) throws IOException {
        configs.with("a.yaml", text);
        assertEquals(message, configs.problems("a.yaml"));
    }

    @Test
    void missingFiles() throws IOException {
        configs.with("cae_vit.yaml", "a: 1")
                .with("a.yaml", "x: 1\n_base_:\n- cae_vit.yaml\n- cae_vti.yaml\n- sub/b.yaml");
        assertEquals("a.yml: no such file: 'a.yml'; did you mean 'a.yaml'?", configs.problems("a.yml"));
        assertEquals("""
                a.yaml:4: _base_.1: no such file: 'cae_vti.yaml'; did you mean 'cae_vit.yaml'?
                a.yaml:5: _base_.2: no such file: 'sub/b.yaml'""", configs.problems("a.yaml"));
    }

    @Test
    void filesThatAreNoConfigs() throws IOException {
        configs.with("a.py", "model = 1").with("a.txt", "a: 1").with("dir.yaml/x", "");
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertEquals(
                "a.py: 'a.py' is no config: expected a .yaml, .yml or .json file; "
                        + "Python configs must be rewritten in YAML, see configs/README.md",
                configs.problems("a.py"));
        assertEquals("a.txt: 'a.txt' is no config: expected a .yaml, .yml or .json file", configs.problems("a.txt"));
        assertEquals("dir.yaml: 'dir.yaml' is not a file", configs.problems("dir.yaml"));
        assertEquals("latin.yaml: 'latin.yaml' is no UTF-8 text", configs.problems("latin.yaml"));
    }

    @Test
    void circularBases() throws IOException {
        configs.with("a.yaml", "\n_base_: sub/b.yaml")
                .with("sub/b.yaml", "_base_: [c.yaml]")
                .with("sub/c.yaml", "_base_: ../a.yaml");
        assertEquals(
                "sub/c.yaml:1: _base_: circular _base_: a.yaml -> sub/b.yaml -> sub/c.yaml -> a.yaml",
                configs.problems("a.yaml"));
        configs.with("self.yaml", "_base_: self.yaml");
        assertEquals("self.yaml:1: _base_: circular _base_: self.yaml -> self.yaml", configs.problems("self.yaml"));
    }

    @Test
    void basesThatDefineTheSame() throws IOException {
        configs.with("x.yaml", "a: 1\nrunner: 1")
                .with("y.yaml", "runner: 2")
                .with("a.yaml", "_base_: [x.yaml, y.yaml]\nrunner: 3");
        assertEquals(
                "y.yaml:1: runner: also defined at x.yaml:2: two parts in the same _base_ list of a.yaml cannot both define it; "
                        + "let one of them name the other as its _base_",
                configs.problems("a.yaml"));
    }

    @Test
    void basesThatAreNoNames() throws IOException {
        configs.with("a.yaml", "_base_: [1, {b: c}, null]");
        assertEquals("""
                a.yaml:1: _base_.0: expected a file name, found the integer 1
                a.yaml:1: _base_.1: expected a file name, found a map with b
                a.yaml:1: _base_.2: expected a file name, found null""", configs.problems("a.yaml"));
    }

    @Test
    void mapsThatMeetSomethingElse() throws IOException {
        configs.with("base.yaml", "a: [1]\nb: {c: 1}")
                .with("a.yaml", "_base_: base.yaml\na: {x: 1}\nb: {c: {d: 1}}\ne: {_delete_: 1}");
        assertEquals("""
                a.yaml:2: a: a map cannot be merged with a list of 1 item from base.yaml:1; \
                add '_delete_: true' to the map if it is to replace that
                a.yaml:3: b.c: a map cannot be merged with the integer 1 from base.yaml:2; \
                add '_delete_: true' to the map if it is to replace that""", configs.problems("a.yaml"));
        configs.with("b.yaml", "_base_: base.yaml\nb: {_delete_: 1}");
        assertEquals("b.yaml:2: b._delete_: expected true or false, found the integer 1", configs.problems("b.yaml"));
    }

    @Test
    void references() throws IOException {
        configs.with("a.yaml", """
                img_norm: {mean: 1}
                a: ${img_norn}
                b: [1, "${img_norm.maen}"]
                c: ${img_norm.mean.x}
                d: ${b.2}
                e: ${env:NOT_SET}
                f: x ${img_norm} y
                g: ${open
                """);
        assertEquals("""
                a.yaml:2: a: ${img_norn} refers to a key that does not exist; did you mean 'img_norm'?
                a.yaml:3: b.1: ${img_norm.maen} refers to a key that does not exist; did you mean 'img_norm.mean'?
                a.yaml:4: c: ${img_norm.mean.x} refers to a key that does not exist; 'img_norm.mean' is the integer 1
                a.yaml:5: d: ${b.2} refers to a key that does not exist; 'b' is a list of 2 items
                a.yaml:6: e: the environment variable NOT_SET is not set; set it, or give a default: ${env:NOT_SET:default}
                a.yaml:7: f: ${img_norm} is a map with mean and cannot be part of a text; refer to a single value
                a.yaml:8: g: '${' without '}' in the string "${open"; write $${ for the characters themselves""", configs.problems("a.yaml"));
        configs.with("b.yaml", "a: ${something.else}");
        assertEquals(
                "b.yaml:1: a: ${something.else} refers to a key that does not exist; references start at the top of the config",
                configs.problems("b.yaml"));
    }

    @Test
    void circularReferences() throws IOException {
        configs.with("a.yaml", "a: ${b}\nb: ${c}\nc: x${a}");
        assertEquals("""
                a.yaml:1: a: circular reference: b -> c -> a -> b; give one of them a value
                a.yaml:2: b: circular reference: c -> a -> b -> c; give one of them a value
                a.yaml:3: c: circular reference: a -> b -> c -> a; give one of them a value""", configs.problems("a.yaml"));
        configs.with("b.yaml", "a: {b: \"${a}\"}\nc: ${c.d}");
        assertEquals("""
                b.yaml:1: a.b: circular reference: a -> a; give one of them a value
                b.yaml:2: c: circular reference: c.d -> c.d; give one of them a value""", configs.problems("b.yaml"));
    }

    @Test
    void overrides() throws IOException {
        configs.with("a.yaml", "a: [1, 2]\nb: 1\nc: []");
        assertEquals("""
                --cfg-options x: expected key=value or key.path=value; for example optimizer.lr=1e-3
                --cfg-options a..b=1: expected key=value or key.path=value; for example optimizer.lr=1e-3
                --cfg-options b=[1: bad YAML: the bracket is never closed; add the closing bracket
                --cfg-options a.2=1: a.2: no item '2' in a list of 2 items; items count from 0 to 1
                --cfg-options a.x=1: a.x: no item 'x' in a list of 2 items; items count from 0 to 1
                --cfg-options c.0=1: c.0: no item '0' in a list of 0 items; give the whole list
                --cfg-options b.c=1: b: a map cannot be merged with the integer 1 from a.yaml:2; \
                add '_delete_: true' to the map if it is to replace that""", configs.problems("a.yaml", "x", "a..b=1", "b=[1", "a.2=1", "a.x=1", "c.0=1", "b.c=1"));
    }

    @Test
    void mistakesInSeveralFilesAreToldTogether() throws IOException {
        configs.with("x.yaml", "a: [1")
                .with("y.yaml", "b: 1\nb: 2")
                .with("a.yaml", "_base_: [x.yaml, y.yaml, no.yaml]");
        assertEquals("""
                x.yaml:1:4: bad YAML: the bracket is never closed; add the closing bracket
                y.yaml:2: b: this key was given before, at y.yaml:1; keep one of them
                a.yaml:1: _base_.2: no such file: 'no.yaml'""", configs.problems("a.yaml"));
    }
}
