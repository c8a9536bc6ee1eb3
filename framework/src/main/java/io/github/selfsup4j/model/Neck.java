package io.github.selfsup4j.model;

import io.github.selfsup4j.registry.Kind;

/**
 * What stands between backbone and head. What a neck maps to what differs from method to method, so an algorithm asks
 * for a sub-interface or class that says it.
 */
@Kind("neck")
public interface Neck extends Network {}
