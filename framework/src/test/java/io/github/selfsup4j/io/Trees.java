package io.github.selfsup4j.io;

import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values for the tests of this package. */
public final class Trees {
    private Trees() {}

    /** A dictionary with every kind of value and every type of tensor. */
    public static Tree everyKind() {
        return Tree.mapping()
                .put("state_dict", Tree.stateDict(everyType()))
                .put(
                        "meta",
                        Tree.mapping()
                                .put("none", Tree.none())
                                .put("yes", true)
                                .put("no", false)
                                .put("real", 0.1)
                                .put("text", "Grüße, 世界 🌍")
                                .put("bytes", new Tree.Bytes("\0\u007f\u0080\u00ff"))
                                .build())
                .put("whole", wholeNumbers())
                .put(
                        "tuples",
                        Tree.list(
                                Tree.tuple(),
                                Tree.tuple(Tree.of(1)),
                                Tree.tuple(Tree.list(), Tree.mapping().build())))
                .put(0, Tree.mapping().put(-7, Tree.of("an int key")).build())
                .build();
    }

    /** A tensor of every type, a scalar and an empty one. */
    public static Map<String, HostTensor> everyType() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (ElementType type : ElementType.values()) {
            ByteBuffer bytes = ByteBuffer.allocate(6 * type.byteSize());
            for (int i = 0; i < bytes.capacity(); i++) {
                bytes.put(i, (byte) (type == ElementType.BOOL ? i % 2 : 7 * i + 1));
            }
            tensors.put("a." + type.torchName(), HostTensor.wrap(type, new long[] {2, 3}, bytes));
        }
        tensors.put("scalar", HostTensor.scalar(3.5f));
        tensors.put("empty", HostTensor.of(new long[0], 4, 0));
        return tensors;
    }

    private static Tree wholeNumbers() {
        List<Tree> numbers = new ArrayList<>();
        for (long value : new long[] {
            0,
            255,
            256,
            65_536,
            -1,
            -129,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            1L << 31,
            -(1L << 31) - 1,
            1L << 40,
            Long.MAX_VALUE,
            Long.MIN_VALUE
        }) {
            numbers.add(Tree.of(value));
        }
        return Tree.list(numbers);
    }
}
