package io.github.selfsup4j.io.torch;

import io.github.selfsup4j.io.pickle.PickleOp;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a {@link Tree} as the pickle of a PyTorch archive, in protocol 2 and with no other opcodes and names than
 * {@code torch.load(..., weights_only=True)} accepts. Tensors become references to storages, which {@link #storages}
 * lists; one tensor object that occurs twice is stored once and shared after loading.
 */
final class TorchPickler {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> memo = new HashMap<>();
    private final IdentityHashMap<HostTensor, Integer> keys = new IdentityHashMap<>();
    private final List<HostTensor> storages = new ArrayList<>();

    /** The pickle of a value. */
    ByteBuffer pickle(Tree tree) {
        op(PickleOp.PROTO);
        out.write(2);
        write(tree);
        op(PickleOp.STOP);
        return ByteBuffer.wrap(out.toByteArray());
    }

    /** The pickle of an object of TorchScript. */
    ByteBuffer pickle(ScriptModule module) {
        op(PickleOp.PROTO);
        out.write(2);
        writeModule(module);
        op(PickleOp.STOP);
        return ByteBuffer.wrap(out.toByteArray());
    }

    /** The tensors met, the i-th to be stored under key i. */
    List<HostTensor> storages() {
        return storages;
    }

    private void write(Tree tree) {
        if (tree instanceof Tree.Null) {
            op(PickleOp.NONE);
        } else if (tree instanceof Tree.Bool bool) {
            op(bool.value() ? PickleOp.NEWTRUE : PickleOp.NEWFALSE);
        } else if (tree instanceof Tree.Int whole) {
            writeLong(whole.value());
        } else if (tree instanceof Tree.Real real) {
            op(PickleOp.BINFLOAT);
            put(Double.BYTES, Long.reverseBytes(Double.doubleToRawLongBits(real.value())));
        } else if (tree instanceof Tree.Text text) {
            writeText(text.value());
        } else if (tree instanceof Tree.Bytes bytes) {
            writeBytes(bytes);
        } else if (tree instanceof Tree.Sequence sequence) {
            writeSequence(sequence);
        } else if (tree instanceof Tree.Mapping mapping) {
            writeMapping(mapping);
        } else if (tree instanceof Tree.Tensor tensor) {
            writeTensor(tensor.value());
        }
    }

    private void writeLong(long value) {
        if (value >= 0 && value <= 0xff) {
            op(PickleOp.BININT1);
            put(1, value);
        } else if (value == (int) value) {
            op(PickleOp.BININT);
            put(Integer.BYTES, value);
        } else {
            op(PickleOp.LONG1);
            byte[] bigEndian = BigInteger.valueOf(value).toByteArray();
            out.write(bigEndian.length);
            put(bigEndian.length, value);
        }
    }

    private void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op(PickleOp.BINUNICODE);
        put(Integer.BYTES, utf8.length);
        out.writeBytes(utf8);
    }

    private void writeBytes(Tree.Bytes bytes) {
        writeGlobal("_codecs", "encode");
        writeText(bytes.latin1());
        writeText("latin1");
        op(PickleOp.TUPLE2);
        op(PickleOp.REDUCE);
    }

    private void writeSequence(Tree.Sequence sequence) {
        if (sequence.isTuple() && sequence.items().isEmpty()) {
            op(PickleOp.EMPTY_TUPLE);
            return;
        }
        if (!sequence.isTuple()) {
            op(PickleOp.EMPTY_LIST);
        }
        op(PickleOp.MARK);
        sequence.items().forEach(this::write);
        op(sequence.isTuple() ? PickleOp.TUPLE : PickleOp.APPENDS);
    }

    private void writeMapping(Tree.Mapping mapping) {
        if (mapping.isOrderedDict()) {
            writeOrderedDict();
        } else {
            op(PickleOp.EMPTY_DICT);
        }
        op(PickleOp.MARK);
        mapping.entries().forEach((key, value) -> {
            write(key);
            write(value);
        });
        op(PickleOp.SETITEMS);
    }

    private void writeOrderedDict() {
        writeGlobal("collections", "OrderedDict");
        op(PickleOp.EMPTY_TUPLE);
        op(PickleOp.REDUCE);
    }

    /** {@code _rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, backward_hooks)} */
    private void writeTensor(HostTensor tensor) {
        writeGlobal("torch._utils", "_rebuild_tensor_v2");
        op(PickleOp.MARK);
        writeStorage(tensor);
        writeLong(0);
        long[] shape = tensor.shape();
        writeSizes(shape);
        writeSizes(rowMajorStrides(shape));
        op(PickleOp.NEWFALSE);
        writeOrderedDict();
        op(PickleOp.TUPLE);
        op(PickleOp.REDUCE);
    }

    /** {@code TYPE.__new__()}, whose attributes are then set from a dictionary */
    private void writeModule(ScriptModule module) {
        writeGlobal(ScriptModule.NAMESPACE, module.type());
        op(PickleOp.EMPTY_TUPLE);
        op(PickleOp.NEWOBJ);
        op(PickleOp.EMPTY_DICT);
        op(PickleOp.MARK);
        writeText("training");
        op(PickleOp.NEWFALSE);
        module.tensors().forEach((name, tensor) -> {
            writeText(name);
            writeTensor(tensor.value());
        });
        module.children().forEach((name, child) -> {
            writeText(name);
            writeModule(child);
        });
        op(PickleOp.SETITEMS);
        op(PickleOp.BUILD);
    }

    private void writeStorage(HostTensor tensor) {
        op(PickleOp.MARK);
        writeConstant("storage");
        writeGlobal("torch", tensor.type().torchStorage());
        writeText(Integer.toString(key(tensor)));
        writeConstant("cpu");
        writeLong(tensor.size());
        op(PickleOp.TUPLE);
        op(PickleOp.BINPERSID);
    }

    private int key(HostTensor tensor) {
        return keys.computeIfAbsent(tensor, added -> {
            storages.add(added);
            return storages.size() - 1;
        });
    }

    private void writeSizes(long[] sizes) {
        op(PickleOp.MARK);
        Arrays.stream(sizes).forEach(this::writeLong);
        op(PickleOp.TUPLE);
    }

    static long[] rowMajorStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, shape[i]);
        }
        return strides;
    }

    /** Names and constants repeat for every tensor: they are written once and recalled. */
    private void writeGlobal(String module, String name) {
        once(module + "\n" + name + "\n", text -> {
            op(PickleOp.GLOBAL);
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    private void writeConstant(String text) {
        once(text, this::writeText);
    }

    private void once(String value, Consumer<String> writer) {
        Integer index = memo.get(value);
        if (index != null) {
            op(PickleOp.BINGET);
            out.write(index);
            return;
        }
        writer.accept(value);
        op(PickleOp.BINPUT);
        out.write(memo.size());
        memo.put(value, memo.size());
    }

    private void op(int opcode) {
        out.write(opcode);
    }

    /** The lowest bytes of a number, little-endian. */
    private void put(int width, long value) {
        out.write(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                0,
                width);
    }
}
