package io.github.selfsup4j.runner;

import io.github.selfsup4j.io.tree.Tree;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where a run can return to, how often it did, and which batches it leaves out since. */
final class RollBacks {
    private static final String COUNT = "count";
    private static final String LEFT_OUT = "left_out";

    private final SortedSet<Long> leftOut = new TreeSet<>();
    private int count;
    private Path target;
    private boolean requested;

    /** The newest checkpoint that the run can go on from. */
    Optional<Path> target() {
        return Optional.ofNullable(target);
    }

    /** Takes note of a checkpoint that the run can go on from. */
    void returnTo(Path checkpoint) {
        target = checkpoint;
    }

    /** Asks for a return. */
    void request(Collection<Long> iterations) {
        leftOut.addAll(iterations);
        count++;
        requested = true;
    }

    /** Whether a return was asked for and is not done. */
    boolean requested() {
        return requested;
    }

    /** The return is done. */
    void done() {
        requested = false;
    }

    /** How often the run returned. */
    int count() {
        return count;
    }

    /** Whether the batch of an iteration is left out. */
    boolean leavesOut(long iteration) {
        return leftOut.contains(iteration);
    }

    /** State for a checkpoint. */
    Tree state() {
        return Tree.mapping()
                .put(COUNT, count)
                .put(LEFT_OUT, Tree.list(leftOut.stream().map(Tree::of).toList()))
                .build();
    }

    /** Restores what {@link #state()} gave. */
    void load(Tree state) {
        count = state.asInt(COUNT);
        leftOut.clear();
        state.asList(LEFT_OUT).forEach(iteration -> leftOut.add(iteration.asLong()));
    }
}
