package io.github.selfsup4j.runner;

/**
 * How long a run is.
 *
 * @param epochs number of epochs, the last one possibly cut short
 * @param iterations number of iterations
 * @param countsEpochs whether the config says epochs
 */
public record RunLength(int epochs, long iterations, boolean countsEpochs) {}
