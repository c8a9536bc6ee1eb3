package io.github.selfsup4j.tools.complexity;

import java.util.List;

/**
 * An operation that the engine ran.
 *
 * @param name as {@code aten::linear}
 * @param start in microseconds
 * @param end in microseconds
 * @param shapes those of its arguments; an argument that is no array has an empty one
 */
record Operation(String name, double start, double end, List<List<Long>> shapes) {
    /** Whether an operation ran as a part of this one. */
    @SuppressWarnings("ReferenceEquality") // two may be equal, and neither a part of the other
    boolean contains(Operation other) {
        return other != this && other.start >= start && other.end <= end;
    }

    /** The shape of an argument. */
    List<Long> shape(int argument) {
        return argument < shapes.size() ? shapes.get(argument) : List.of();
    }

    /** Number of elements of an argument. */
    long size(int argument) {
        return shape(argument).isEmpty() ? 0 : shape(argument).stream().reduce(1L, Math::multiplyExact);
    }
}
