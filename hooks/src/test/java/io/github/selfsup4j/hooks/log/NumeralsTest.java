package io.github.selfsup4j.hooks.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
    @ParameterizedTest
    @CsvSource({
        "0.123456, 0.1235",
        "0.00005, 0.0001",
        "0.00003, 0.0000",
        "-1.5, -1.5000",
        "1e20, 100000000000000000000.0000",
        "0.03125, 0.0312",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void fixedPointRoundsAsPythonDoes(double value, String expected) {
        assertEquals(expected, Numerals.fixed(value, 4));
    }

    @ParameterizedTest
    @CsvSource({"0.0015, 1.500e-03", "0, 0.000e+00", "123456, 1.235e+05", "1e-10, 1.000e-10", "NaN, nan"})
    void scientificIsAsPythonWritesIt(double value, String expected) {
        assertEquals(expected, Numerals.scientific(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0:00:00",
                "83 | 0:01:23",
                "86399 | 23:59:59",
                "86400 | 1 day, 0:00:00",
                "266462 | 3 days, 2:01:02"
            })
    void durationIsAsPythonWritesIt(long seconds, String expected) {
        assertEquals(expected, Numerals.duration(seconds));
    }
}
