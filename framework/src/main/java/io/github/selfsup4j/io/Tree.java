package io.github.selfsup4j.io;

/** To be replaced within the hour by the real one: the content of a checkpoint. */
public interface Tree {}
