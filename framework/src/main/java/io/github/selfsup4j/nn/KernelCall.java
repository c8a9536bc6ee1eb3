package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A call of a kernel, for whoever writes down what a network computes.
 *
 * @param kernel the functions of a file
 * @param function the name of the one that was called
 * @param inputs its arguments
 * @param lists its last arguments, which are lists
 * @param results what it gave: one array, or those of a tuple or list
 */
public record KernelCall(
        Kernel kernel, String function, List<NDArray> inputs, List<List<NDArray>> lists, List<NDArray> results) {}
