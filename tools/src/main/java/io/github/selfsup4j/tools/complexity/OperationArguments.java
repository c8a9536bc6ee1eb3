package io.github.selfsup4j.tools.complexity;

import java.util.List;
import java.util.Map;

/**
 * How many arguments operations have. Before the arguments of an operation that TorchScript runs, the engine writes
 * down whatever else lies on the stack.
 */
final class OperationArguments {
    private static final Map<String, Integer> COUNTS = Map.ofEntries(
            Map.entry("aten::linear", 3),
            Map.entry("aten::matmul", 2),
            Map.entry("aten::mm", 2),
            Map.entry("aten::bmm", 2),
            Map.entry("aten::addmm", 5),
            Map.entry("aten::baddbmm", 5),
            Map.entry("aten::scaled_dot_product_attention", 8),
            Map.entry("aten::conv1d", 7),
            Map.entry("aten::conv2d", 7),
            Map.entry("aten::conv3d", 7),
            Map.entry("aten::convolution", 9),
            Map.entry("aten::thnn_conv2d", 6),
            Map.entry("aten::batch_norm", 9),
            Map.entry("aten::layer_norm", 6),
            Map.entry("aten::group_norm", 6),
            Map.entry("aten::adaptive_avg_pool1d", 2),
            Map.entry("aten::adaptive_avg_pool2d", 2),
            Map.entry("aten::adaptive_avg_pool3d", 2),
            Map.entry("aten::relu", 1),
            Map.entry("aten::relu_", 1),
            Map.entry("aten::gelu", 2),
            Map.entry("aten::add", 3),
            Map.entry("aten::mul", 2),
            Map.entry("aten::max_pool2d", 6),
            Map.entry("aten::flatten", 3),
            Map.entry("aten::view", 2),
            Map.entry("aten::reshape", 2),
            Map.entry("aten::permute", 2),
            Map.entry("aten::transpose", 3),
            Map.entry("aten::neg", 1));

    private OperationArguments() {}

    /** Whether the number of arguments is known. */
    static boolean known(String name) {
        return COUNTS.containsKey(name);
    }

    /**
     * The shapes of an operation's own arguments.
     *
     * @param written all that the engine wrote down
     */
    static List<List<Long>> of(String name, List<List<Long>> written) {
        int count = COUNTS.getOrDefault(name, written.size());
        return written.subList(Math.max(0, written.size() - count), written.size());
    }
}
