package io.github.selfsup4j.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last iterations of a run, a bounded number of them. */
final class PastSteps {
    private static final int KEPT = 100;

    private final Deque<PastStep> steps = new ArrayDeque<>();

    void add(PastStep step) {
        steps.addLast(step);
        if (steps.size() > KEPT) {
            steps.removeFirst();
        }
    }

    /** The newest last. */
    List<PastStep> all() {
        return List.copyOf(steps);
    }

    void clear() {
        steps.clear();
    }
}
