package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.RandomStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Gives the numbers of a test one after another, whatever is asked for, and fails when there are no more. */
final class ScriptedStream implements RandomStream {
    private final Deque<Double> numbers = new ArrayDeque<>();

    ScriptedStream(double... numbers) {
        Arrays.stream(numbers).forEach(this.numbers::add);
    }

    @Override
    public double uniform(double low, double high) {
        double number = numbers.remove();
        assertTrue(number >= low && number <= high, () -> number + " was asked for from " + low + " to " + high);
        return number;
    }

    @Override
    public int randint(int low, int high) {
        return (int) uniform(low, high);
    }

    @Override
    public double gaussian() {
        return numbers.remove();
    }

    void requireAllUsed() {
        assertTrue(numbers.isEmpty(), () -> "numbers left over: " + numbers);
    }
}
