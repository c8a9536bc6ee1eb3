package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.selfsup4j.data.RandomStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Gives the numbers that the reference drew, and fails if something else is asked for. */
final class RecordedStream implements RandomStream {
    private final Deque<JsonNode> calls = new ArrayDeque<>();

    /** @param calls lists of {@code [function, low, high, value]} */
    RecordedStream(JsonNode calls) {
        calls.forEach(this.calls::add);
    }

    @Override
    public double uniform(double low, double high) {
        return next("uniform", low, high).asDouble();
    }

    @Override
    public int randint(int low, int high) {
        return next("randint", low, high).asInt();
    }

    @Override
    public double gaussian() {
        throw new AssertionError("nothing draws normal numbers here");
    }

    private JsonNode next(String function, double low, double high) {
        JsonNode call = calls.remove();
        assertEquals(function, call.get(0).asText());
        assertEquals(call.get(1).asDouble(), low, 1e-15);
        assertEquals(call.get(2).asDouble(), high, 1e-15);
        return call.get(3);
    }

    void requireAllUsed() {
        assertTrue(calls.isEmpty(), () -> "draws left over: " + calls);
    }
}
