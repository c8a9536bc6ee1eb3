package io.github.selfsup4j.runner;

import io.github.selfsup4j.io.tree.Tree;

/** A hook whose state goes into the checkpoint. */
public interface StatefulHook extends Hook {
    /** The name of its state in the checkpoint, unique among the hooks of a run. */
    String stateName();

    /** The state now. */
    Tree saveState();

    /**
     * Restores what {@link #saveState()} gave; called before {@link #beforeRun}, and between two iterations when the
     * run {@linkplain RunContext#rollBack returns} to a checkpoint.
     */
    void loadState(Tree state);
}
