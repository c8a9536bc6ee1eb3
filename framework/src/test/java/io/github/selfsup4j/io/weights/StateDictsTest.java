package io.github.selfsup4j.io.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.Refusal;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictsTest {
    private static final Map<String, HostTensor> WEIGHTS = Map.of("backbone.norm.weight", HostTensor.scalar(1f));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("weights");
    }

    @Test
    void readsEveryFormatByItsContent() throws IOException {
        PthFile.write(file, Tree.stateDict(WEIGHTS));
        assertEquals(WEIGHTS, StateDicts.load(file));
        Safetensors.write(file, WEIGHTS, Map.of());
        assertEquals(WEIGHTS, StateDicts.load(file));
        Npz.write(file, WEIGHTS);
        assertEquals(WEIGHTS, StateDicts.load(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict", "model", "teacher", "model_state_dict", "module"})
    void findsWeightsInsideWhatOthersWrapAroundThem(String wrapper) throws IOException {
        PthFile.write(
                file,
                Tree.mapping()
                        .put("epoch", 3)
                        .put("loss_scale", HostTensor.scalar(2f))
                        .put(wrapper, Tree.stateDict(WEIGHTS))
                        .build());

        assertEquals(WEIGHTS, StateDicts.load(file));
    }

    @Test
    void findsWeightsTwoWrappersDeep() throws IOException {
        PthFile.write(
                file,
                Tree.mapping()
                        .put(
                                "model",
                                Tree.mapping()
                                        .put("state_dict", Tree.stateDict(WEIGHTS))
                                        .build())
                        .build());

        assertEquals(WEIGHTS, StateDicts.load(file));
    }

    @Test
    void stripsThePrefixOfParallelWrappersInOrder() throws IOException {
        Map<String, HostTensor> wrapped = new LinkedHashMap<>();
        wrapped.put("module.z", HostTensor.scalar(1f));
        wrapped.put("module.a.module.b", HostTensor.scalar(2f));
        PthFile.write(file, Tree.stateDict(wrapped));

        assertEquals(
                List.of("z", "a.module.b"), List.copyOf(StateDicts.load(file).keySet()));
    }

    @Test
    void skipsExtraStateButNothingElse() throws IOException {
        PthFile.write(
                file,
                Tree.mapping()
                        .put("a", HostTensor.scalar(1f))
                        .put("q._extra_state", Tree.none())
                        .build());
        assertEquals(Map.of("a", HostTensor.scalar(1f)), StateDicts.load(file));

        PthFile.write(
                file, Tree.mapping().put("a", HostTensor.scalar(1f)).put("b", 3).build());
        Refusal.assertRefuses(StateDicts::load, file, "the number 3 under the text 'b'");
    }

    @Test
    void saysWhatItFoundInPlaceOfWeights() throws IOException {
        PthFile.write(file, Tree.mapping().put("epoch", 3).put("args", "none").build());
        Refusal.assertRefuses(StateDicts::load, file, "epoch, args", "state_dict");
        PthFile.write(
                file, Tree.mapping().put("state_dict", Tree.mapping().build()).build());
        Refusal.assertRefuses(StateDicts::load, file, "a dictionary of 0");
        PthFile.write(file, Tree.of(HostTensor.scalar(1f)));
        Refusal.assertRefuses(StateDicts::load, file, "a tensor float32[]");
        Files.writeString(file, "hello");
        Refusal.assertRefuses(StateDicts::load, file, ".pth, .safetensors or .npz");
    }

    @Test
    void replacesNamesAsPythonDoes() {
        KeyRule swap = KeyRule.of("^(\\w+)\\.(?P<rest>.*)$", "\\g<rest>$\\1\\g<2>");

        assertEquals("norm.weight$backbonenorm.weight", swap.apply("backbone.norm.weight"));
        assertEquals("b.x", KeyRule.of("a", "b").apply("a.x"));
    }

    @Test
    void refusesWrongRules() {
        assertThrows(FormatException.class, () -> KeyRule.of("(", ""));
        assertThrows(FormatException.class, () -> KeyRule.of("a", "\\3").apply("a"));
        assertThrows(FormatException.class, () -> KeyRule.of("a", "\\g<b>").apply("a"));
    }

    @Test
    void appliesRulesOneAfterAnother() throws IOException {
        Npz.write(file, WEIGHTS);

        Map<String, HostTensor> renamed =
                StateDicts.load(file, List.of(KeyRule.of("^backbone\\.", ""), KeyRule.of("^norm", "ln")));

        assertEquals(Map.of("ln.weight", HostTensor.scalar(1f)), renamed);
    }

    @Test
    void refusesRulesThatGiveTwoWeightsOneName() {
        Map<String, HostTensor> weights = Map.of("a.w", HostTensor.scalar(1f), "b.w", HostTensor.scalar(2f));

        FormatException refusal =
                assertThrows(FormatException.class, () -> StateDicts.revise(weights, List.of(KeyRule.of("^.\\.", ""))));
        assertTrue(refusal.getMessage().contains("the name 'w'"), refusal::getMessage);
    }

    @Test
    void takesTheWeightsUnderAPrefix() {
        Map<String, HostTensor> expected = Map.of("weight", HostTensor.scalar(1f));

        assertEquals(expected, StateDicts.withPrefix(WEIGHTS, "backbone.norm", "here"));
        assertEquals(expected, StateDicts.withPrefix(WEIGHTS, "backbone.norm.", "here"));
        assertEquals(WEIGHTS, StateDicts.withPrefix(WEIGHTS, "", "here"));
    }

    @Test
    void namesTheNearestPrefixesWhenNothingMatches() {
        FormatException refusal =
                assertThrows(FormatException.class, () -> StateDicts.withPrefix(WEIGHTS, "backbon", "epoch_1.pth"));

        assertEquals(
                "epoch_1.pth: found no weight whose name starts with 'backbon.' (did you mean 'backbone.'?);"
                        + " expected one of the prefixes [backbone.]",
                refusal.getMessage());
    }
}
