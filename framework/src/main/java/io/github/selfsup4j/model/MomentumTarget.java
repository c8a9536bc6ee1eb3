package io.github.selfsup4j.model;

/** An algorithm whose target network follows the online network; a hook schedules its momentum. */
public interface MomentumTarget {
    /** The momentum at the start of a run. */
    double baseMomentum();

    /** The momentum of the current iteration. */
    double momentum();

    /** Sets the momentum of the iterations that follow. */
    void setMomentum(double momentum);

    /** Moves the target towards the online network: {@code target = target * m + online * (1 - m)}. */
    void momentumUpdate();
}
