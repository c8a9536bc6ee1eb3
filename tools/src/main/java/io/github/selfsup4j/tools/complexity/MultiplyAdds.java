package io.github.selfsup4j.tools.complexity;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What operations cost by the rules of fvcore: a multiplication with the addition of its result is one; linear maps,
 * products of matrices, convolutions, normalisations and adaptive pooling count, whatever works on one element after
 * the other (additions, activations, softmax) does not.
 */
final class MultiplyAdds {
    private static final Set<String> CONVOLUTIONS =
            Set.of("aten::conv1d", "aten::conv2d", "aten::conv3d", "aten::convolution", "aten::thnn_conv2d");
    private static final int NORM = 4;

    private MultiplyAdds() {}

    /**
     * The cost of an operation with all its parts.
     *
     * @param later the operations that came after it
     * @return empty for one that is not counted itself, though its parts may be
     */
    static OptionalLong of(Operation operation, List<Operation> later) {
        return switch (operation.name()) {
            case "aten::linear" ->
                OptionalLong.of(operation.size(0) * operation.shape(1).get(0));
            case "aten::matmul", "aten::mm", "aten::bmm" ->
                OptionalLong.of(operation.size(0) * last(operation.shape(1)));
            case "aten::addmm", "aten::baddbmm" -> OptionalLong.of(operation.size(1) * last(operation.shape(2)));
            case "aten::scaled_dot_product_attention" -> OptionalLong.of(attention(operation));
            case "aten::batch_norm" ->
                OptionalLong.of(operation.size(0) * (operation.shape(1).isEmpty() ? 1 : 2));
            case "aten::layer_norm", "aten::group_norm" ->
                OptionalLong.of(operation.size(0) * (operation.shape(2).isEmpty() ? NORM : NORM + 1));
            case "aten::adaptive_avg_pool1d", "aten::adaptive_avg_pool2d", "aten::adaptive_avg_pool3d" ->
                OptionalLong.of(operation.size(0));
            default ->
                CONVOLUTIONS.contains(operation.name())
                        ? OptionalLong.of(convolution(operation, later))
                        : OptionalLong.empty();
        };
    }

    private static long last(List<Long> shape) {
        return shape.size() == 1 ? 1 : shape.get(shape.size() - 1);
    }

    /** Products of queries and keys, and of weights and values. */
    private static long attention(Operation operation) {
        List<Long> keys = operation.shape(1);
        long tokens = keys.get(keys.size() - 2);
        return operation.size(0) * tokens
                + operation.size(0) / last(operation.shape(0)) * tokens * last(operation.shape(2));
    }

    /** A product with the kernel for every place of the result, whose size the operation that takes it tells. */
    private static long convolution(Operation operation, List<Operation> later) {
        long batch = operation.shape(0).get(0);
        long channels = operation.shape(1).get(0);
        int dimensions = operation.shape(0).size();
        List<Long> result = later.stream()
                .filter(next -> !operation.contains(next) && OperationArguments.known(next.name()))
                .map(next -> next.shape(0))
                .filter(shape -> shape.size() == dimensions && shape.get(0) == batch && shape.get(1) == channels)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing takes the result of a convolution of "
                        + operation.shape(0) + " with " + operation.shape(1)));
        return result.stream().reduce(1L, Math::multiplyExact) * (operation.size(1) / channels);
    }
}
