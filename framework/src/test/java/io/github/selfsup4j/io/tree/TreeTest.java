package io.github.selfsup4j.io.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TreeTest {
    private final Tree.Mapping tree = Tree.mapping()
            .put(
                    "meta",
                    Tree.mapping()
                            .put("epoch", 3)
                            .put("lr", 0.5)
                            .put("time", "noon")
                            .put("big", 1L << 40)
                            .build())
            .put(
                    "state",
                    Tree.mapping().put(0, Tree.list(Tree.of(true), Tree.none())).build())
            .put("weights", Tree.stateDict(Map.of("w", HostTensor.scalar(1f))))
            .build();

    private static void assertSays(String message, Executable access) {
        assertEquals(message, assertThrows(FormatException.class, access).getMessage());
    }

    @Test
    void findsValuesByPath() {
        assertEquals(3, tree.asInt("meta", "epoch"));
        assertEquals(1L << 40, tree.asLong("meta", "big"));
        assertEquals(0.5, tree.asDouble("meta", "lr"));
        assertEquals(3.0, tree.asDouble("meta", "epoch"));
        assertEquals("noon", tree.asText("meta", "time"));
        assertEquals(true, tree.asBool("state", 0, 0));
        assertEquals(2, tree.asList("state", 0).size());
        assertEquals(HostTensor.scalar(1f), tree.asTensor("weights", "w"));
        assertEquals(Map.of("w", HostTensor.scalar(1f)), tree.asTensors("weights"));
        assertEquals(3, tree.at("meta", "epoch").asLong());
    }

    @Test
    void givesNothingForAnAbsentPath() {
        assertEquals(Optional.empty(), tree.find("meta", "iter"));
        assertEquals(Optional.empty(), tree.find("state", 0, 2));
        assertEquals(Optional.empty(), tree.find("state", 0, -1));
        assertEquals(Optional.empty(), tree.find("meta", "epoch", "deeper"));
        assertEquals(Optional.empty(), tree.get("absent"));
        assertEquals(
                Optional.of(Tree.list(Tree.of(true), Tree.none())),
                tree.asMapping("state").get(0));
    }

    @Test
    void namesThePathOfWhatIsAbsentOrWrong() {
        assertSays("meta has no key 'iter'; its keys are epoch, lr, time, big", () -> tree.asLong("meta", "iter"));
        assertSays("the value has no key 'mata'; its keys are meta, state, weights", () -> tree.at("mata"));
        assertSays("meta.epoch is the number 3; expected it to have 'x'", () -> tree.at("meta", "epoch", "x"));
        assertSays("state.0 is a list of 2; expected it to have '2'", () -> tree.at("state", 0, 2));
        assertSays("meta.time is the text 'noon'; expected a whole number", () -> tree.asLong("meta", "time"));
        assertSays("meta.lr is the number 0.5; expected a whole number", () -> tree.asLong("meta", "lr"));
        assertSays("meta.big is 1099511627776; expected a number of at most 32 bits", () -> tree.asInt("meta", "big"));
        assertSays("state.0.1 is None; expected a tensor", () -> tree.asTensor("state", 0, 1));
        assertSays(
                "state has a list of 2 under the number 0; expected a tensor under a name",
                () -> tree.asTensors("state"));
    }

    @Test
    void doesNotChangeAfterItWasBuilt() {
        MappingBuilder builder = Tree.mapping().put("a", 1);
        Tree.Mapping built = builder.build();
        builder.put("b", 2);

        assertEquals(List.of(Tree.of("a")), List.copyOf(built.entries().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> built.entries().clear());
    }
}
