package io.github.selfsup4j.runner;

import ai.djl.Device;
import io.github.selfsup4j.nn.Precision;
import java.nio.file.Path;

/**
 * What a run was started with, for components that need it.
 *
 * @param seed of everything random
 * @param device where arrays live
 * @param precision arithmetic inside kernels
 * @param workDirectory folder of the run
 * @param timestamp what the names of its log files start with, {@code yyyyMMdd_HHmmss}
 */
public record RunSettings(long seed, Device device, Precision precision, Path workDirectory, String timestamp) {}
