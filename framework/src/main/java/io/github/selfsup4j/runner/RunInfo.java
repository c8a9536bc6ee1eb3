package io.github.selfsup4j.runner;

/**
 * What identifies a run; the first line of {@code TIMESTAMP.log.json} and part of a checkpoint's {@code meta}.
 *
 * @param experimentName the config's file name
 * @param seed of everything random
 * @param environment engine, device and versions, for a person
 * @param config the effective config as YAML
 */
public record RunInfo(String experimentName, long seed, String environment, String config) {}
