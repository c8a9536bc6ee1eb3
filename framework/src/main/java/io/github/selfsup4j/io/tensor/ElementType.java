package io.github.selfsup4j.io.tensor;

import io.github.selfsup4j.io.numpy.Npz;
import java.util.Arrays;
import java.util.Optional;

/** What a tensor's elements are, and how each file format calls that. */
public enum ElementType {
    BOOL(1, "BoolStorage", "bool", "|b1", "BOOL"),
    UINT8(1, "ByteStorage", "uint8", "|u1", "U8"),
    INT8(1, "CharStorage", "int8", "|i1", "I8"),
    INT16(2, "ShortStorage", "int16", "<i2", "I16"),
    INT32(4, "IntStorage", "int32", "<i4", "I32"),
    INT64(8, "LongStorage", "int64", "<i8", "I64"),
    FLOAT16(2, "HalfStorage", "float16", "<f2", "F16"),
    /** NumPy has no such type: {@link Npz} writes it as {@link #FLOAT32}. */
    BFLOAT16(2, "BFloat16Storage", "bfloat16", null, "BF16"),
    FLOAT32(4, "FloatStorage", "float32", "<f4", "F32"),
    FLOAT64(8, "DoubleStorage", "float64", "<f8", "F64");

    private final int byteSize;
    private final String torchStorage;
    private final String torchName;
    private final String numpyDescr;
    private final String safetensorsName;

    ElementType(int byteSize, String torchStorage, String torchName, String numpyDescr, String safetensorsName) {
        this.byteSize = byteSize;
        this.torchStorage = torchStorage;
        this.torchName = torchName;
        this.numpyDescr = numpyDescr;
        this.safetensorsName = safetensorsName;
    }

    /** Bytes of one element. */
    public int byteSize() {
        return byteSize;
    }

    /** PyTorch's storage class without its module: {@code FloatStorage}. */
    public String torchStorage() {
        return torchStorage;
    }

    /** PyTorch's dtype without its module: {@code float32}. */
    public String torchName() {
        return torchName;
    }

    /** NumPy's type description, little-endian ({@code <f4}); empty where NumPy has no such type. */
    public Optional<String> numpyDescr() {
        return Optional.ofNullable(numpyDescr);
    }

    /** The dtype in a safetensors header: {@code F32}. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** Whether the elements are floating-point numbers. */
    public boolean isFloating() {
        return this == FLOAT16 || this == BFLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    public static Optional<ElementType> ofTorchStorage(String name) {
        return Arrays.stream(values())
                .filter(type -> type.torchStorage.equals(name))
                .findFirst();
    }

    public static Optional<ElementType> ofTorchName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.torchName.equals(name))
                .findFirst();
    }

    public static Optional<ElementType> ofNumpyDescr(String descr) {
        return Arrays.stream(values())
                .filter(type -> descr.equals(type.numpyDescr))
                .findFirst();
    }

    public static Optional<ElementType> ofSafetensorsName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.safetensorsName.equals(name))
                .findFirst();
    }
}
