package io.github.selfsup4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AccumulationTest {
    private static final long ITERATIONS = 8;

    private static List<Long> steps(Accumulation accumulation) {
        return LongStream.range(0, ITERATIONS)
                .filter(i -> accumulation.stepsAfter(i, ITERATIONS))
                .boxed()
                .toList();
    }

    private static List<Long> divisors(Accumulation accumulation) {
        return LongStream.range(0, ITERATIONS)
                .map(i -> accumulation.divisor(i, ITERATIONS))
                .boxed()
                .toList();
    }

    @Test
    void everyIterationIsAStepByDefault() {
        Accumulation accumulation = new Accumulation(1, true);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), steps(accumulation));
        assertEquals(List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L), divisors(accumulation));
    }

    @Test
    void iterationsLeftOverMakeAStepAndAreDividedByTheirNumber() {
        Accumulation accumulation = new Accumulation(3, true);
        assertEquals(List.of(2L, 5L, 7L), steps(accumulation));
        assertEquals(List.of(3L, 3L, 3L, 3L, 3L, 3L, 2L, 2L), divisors(accumulation));
    }

    @Test
    void thoseOfTheFloat16HookCountForNothing() {
        Accumulation accumulation = new Accumulation(3, false);
        assertEquals(List.of(2L, 5L), steps(accumulation));
        assertEquals(List.of(3L, 3L, 3L, 3L, 3L, 3L, 3L, 3L), divisors(accumulation));
    }

    @Test
    void aRunShorterThanTheIntervalStepsOnce() {
        Accumulation accumulation = new Accumulation(20, true);
        assertEquals(List.of(7L), steps(accumulation));
        assertEquals(List.of(8L, 8L, 8L, 8L, 8L, 8L, 8L, 8L), divisors(accumulation));
    }
}
