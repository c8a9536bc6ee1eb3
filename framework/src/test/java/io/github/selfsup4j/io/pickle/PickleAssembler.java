package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.zip.ZipWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Writes pickles opcode by opcode, as an attacker would, and packs them as a .pth file. */
public final class PickleAssembler {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PickleAssembler() {
        op(PickleOp.PROTO).raw(2);
    }

    public PickleAssembler op(int opcode) {
        out.write(opcode);
        return this;
    }

    public PickleAssembler ops(int opcode, int times) {
        out.writeBytes(new String(new char[] {(char) opcode}).repeat(times).getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public PickleAssembler raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    public PickleAssembler global(String module, String name) {
        op(PickleOp.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PickleAssembler text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        op(PickleOp.BINUNICODE).int32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    PickleAssembler number(long value) {
        op(PickleOp.LONG1).raw(8);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    public PickleAssembler int32(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    PickleAssembler tuple(long... values) {
        op(PickleOp.MARK);
        for (long value : values) {
            number(value);
        }
        return op(PickleOp.TUPLE);
    }

    /** A FLOAT32 tensor in storage '0'. */
    public PickleAssembler tensor(long elements, long offset, long[] shape, long... strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op(PickleOp.MARK)
                .op(PickleOp.MARK)
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .number(elements)
                .op(PickleOp.TUPLE)
                .op(PickleOp.BINPERSID)
                .number(offset)
                .tuple(shape)
                .tuple(strides)
                .op(PickleOp.NEWFALSE)
                .op(PickleOp.EMPTY_DICT)
                .op(PickleOp.TUPLE)
                .op(PickleOp.REDUCE);
    }

    public byte[] stop() {
        return op(PickleOp.STOP).out.toByteArray();
    }

    /** Ends the pickle and writes it as a checkpoint whose storage '0' is given. */
    public Path save(Path file, byte... storage) throws IOException {
        pack(file, Map.of("archive/data.pkl", stop(), "archive/data/0", storage));
        return file;
    }

    public static void pack(Path file, Map<String, byte[]> entries) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ZipWriter zip = new ZipWriter(channel);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.add(entry.getKey(), ByteBuffer.wrap(entry.getValue()));
            }
            zip.finish();
        }
    }
}
