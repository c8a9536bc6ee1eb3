package io.github.selfsup4j.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LogBufferTest {
    private final LogBuffer values = new LogBuffer();

    @Test
    void averagesTheLastValuesByTheirWeights() {
        values.remember(3);
        values.add("loss", 100, 7);
        values.add("loss", 1, 128);
        values.add("loss", 4, 64);
        assertEquals(Map.of("loss", 2.0), values.averages(2));
    }

    @Test
    void anAverageOverMoreThanThereIsTakesWhatThereIs() {
        values.remember(10);
        values.add("loss", 1);
        values.add("loss", 3);
        assertEquals(Map.of("loss", 2.0), values.averages(10));
    }

    @Test
    void forgetsWhatNoLoggerAskedFor() {
        values.remember(2);
        values.add("loss", 100);
        values.add("loss", 1);
        values.add("loss", 2);
        assertEquals(Map.of("loss", 1.5), values.averages(3));
    }

    @Test
    void keepsTheOrderOfFirstValues() {
        values.add("main", 1);
        values.add("align", 2);
        values.add("main", 3);
        assertEquals(List.of("main", "align"), List.copyOf(values.averages(1).keySet()));
    }

    @Test
    void tellsTheLastValueIfThereIsOne() {
        values.add("time", 1);
        values.add("time", 2);
        assertEquals(OptionalDouble.of(2), values.last("time"));
        values.clear();
        assertTrue(values.last("time").isEmpty());
    }
}
