package io.github.selfsup4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.config.ScalarNode.Kind;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarNodeTest {
    private static ScalarNode plain(String text) {
        return ScalarNode.plain(Location.NONE, "", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1.0e-5", "1.5e-3", "2E4", "1.", ".5", "-0.75", "+1.5", ".inf", "-.INF", ".NaN"})
    void numbersWithPointOrExponentAreFloats(String text) {
        assertEquals(Kind.FLOAT, plain(text).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+7", "0123", "0x1F", "0o17", "9223372036854775808"})
    void wholeNumbersAreIntegers(String text) {
        assertEquals(Kind.INT, plain(text).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on",
                "off",
                "yes",
                "No",
                "y",
                "1_000",
                "1:30",
                "2024-01-01",
                "e5",
                ".",
                "-",
                "0b1",
                "1e",
                "tRUE",
                "nan"
            })
    void whatOnlyOlderYamlTypesIsAString(String text) {
        assertEquals(Kind.STRING, plain(text).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void emptyAndNullAreNull(String text) {
        assertTrue(plain(text).isNull());
    }

    @Test
    void quotedTextIsAlwaysAString() {
        assertEquals(Kind.STRING, ScalarNode.string(Location.NONE, "", "192").kind());
        assertFalse(ScalarNode.string(Location.NONE, "", "").isNull());
    }

    @Test
    void convertsToJavaValues() {
        assertEquals(1e-3, plain("1e-3").asDouble());
        assertEquals(192.0, plain("192").asDouble());
        assertEquals(31, plain("0x1F").asLong());
        assertEquals(15, plain("0o17").asLong());
        assertEquals(123, plain("0123").asLong());
        assertEquals(Double.NEGATIVE_INFINITY, plain("-.inf").asDouble());
        assertTrue(Double.isNaN(plain(".nan").asDouble()));
        assertTrue(plain("True").asBoolean());
    }

    @Test
    void givesIntegersThatFitOnly() {
        assertEquals(OptionalInt.of(Integer.MIN_VALUE), plain("-2147483648").toInt());
        assertEquals(OptionalInt.empty(), plain("2147483648").toInt());
        assertEquals(OptionalInt.empty(), plain("3.0").toInt());
        assertEquals(
                OptionalInt.empty(), ScalarNode.string(Location.NONE, "", "3").toInt());
    }

    @Test
    void refusesToConvertWhatItIsNot() {
        assertThrows(IllegalStateException.class, () -> plain("1.5").asLong());
        assertThrows(IllegalStateException.class, () -> plain("x").asDouble());
        assertThrows(IllegalStateException.class, () -> plain("1").asBoolean());
        assertThrows(
                ArithmeticException.class, () -> plain("9223372036854775808").asLong());
    }

    @Test
    void takesEndlessDigitsForATextNotForANumber() {
        assertEquals(Kind.STRING, plain("1".repeat(1_000_000)).kind());
    }
}
