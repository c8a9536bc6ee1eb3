package io.github.selfsup4j.experiment;

import io.github.selfsup4j.inject.ComponentPlan;
import java.util.OptionalInt;

/**
 * A checked hook.
 *
 * @param plan how to build it
 * @param priority the number that its config gives; empty for the hook's own
 */
public record PlannedHook(ComponentPlan plan, OptionalInt priority) {}
