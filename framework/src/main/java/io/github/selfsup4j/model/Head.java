package io.github.selfsup4j.model;

import io.github.selfsup4j.registry.Kind;

/**
 * Turns predictions into losses. What goes in differs from method to method, so an algorithm asks for a sub-interface
 * or class that says it.
 */
@Kind("head")
public interface Head extends Network {}
