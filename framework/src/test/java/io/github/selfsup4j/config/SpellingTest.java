package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> NAMES = List.of("embed_dims", "num_heads", "arch", "CAEViT", "lr");

    @ParameterizedTest
    @CsvSource({
        "embed_dim, embed_dims",
        "embedDims, embed_dims",
        "EMBED-DIMS, embed_dims",
        "ambed_dmis, embed_dims",
        "arch_, arch",
        "numheads, num_heads",
        "caevit, CAEViT",
        "CAEVit, CAEViT",
        "acrh, arch"
    })
    void findsTheNameThatWasMeant(String found, String meant) {
        assertEquals(Optional.of(meant), Problems.nearest(found, NAMES));
    }

    @ParameterizedTest
    @CsvSource({"depth", "a", "weight_decay", "x", "lx"})
    void findsNothingWhereNothingIsClose(String found) {
        assertEquals(Optional.empty(), Problems.nearest(found, NAMES));
    }

    @Test
    void countsASwapOfNeighboursAsOneMistake() {
        assertEquals(1, Spelling.distance("acrh", "arch"));
        assertEquals(3, Spelling.distance("kitten", "sitting"));
        assertEquals(4, Spelling.distance("", "arch"));
    }

    @Test
    void doesNotCompareVeryLongNames() {
        assertEquals(Optional.empty(), Problems.nearest("x".repeat(1_000_000), NAMES));
    }
}
