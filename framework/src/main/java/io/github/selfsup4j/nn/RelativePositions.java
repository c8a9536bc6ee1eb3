package io.github.selfsup4j.nn;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.github.selfsup4j.data.Size;

/**
 * Which row of a table of relative position biases belongs to a pair of tokens (BEiT; the reference's
 * {@code MultiheadAttentionWithRPE}): one row for every offset of two patches, and three for pairs with the class
 * token: from it to a patch, from a patch to it, and to itself.
 *
 * @param window the grid of patches
 */
record RelativePositions(Size window) {

    /** Number of rows of the table. */
    int rows() {
        return (2 * window.height() - 1) * (2 * window.width() - 1) + 3;
    }

    /** Number of tokens, the class token included. */
    int tokens() {
        return window.area() + 1;
    }

    /** The rows, int64 {@code [tokens, tokens]}. */
    Initializer index() {
        return (manager, shape, type) ->
                manager.create(rowOfPairs(), new Shape(tokens(), tokens())).toType(DataType.INT64, false);
    }

    private long[] rowOfPairs() {
        long[] index = new long[tokens() * tokens()];
        for (int query = 0; query < tokens(); query++) {
            for (int key = 0; key < tokens(); key++) {
                index[query * tokens() + key] = row(query - 1, key - 1);
            }
        }
        return index;
    }

    /** @param query a patch, or -1 for the class token */
    private int row(int query, int key) {
        if (query < 0 || key < 0) {
            return query >= 0 ? rows() - 2 : key >= 0 ? rows() - 3 : rows() - 1;
        }
        int down = query / window.width() - key / window.width() + window.height() - 1;
        int right = query % window.width() - key % window.width() + window.width() - 1;
        return down * (2 * window.width() - 1) + right;
    }
}
