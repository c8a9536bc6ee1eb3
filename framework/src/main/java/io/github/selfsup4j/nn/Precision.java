package io.github.selfsup4j.nn;

/**
 * The arithmetic inside kernels. Parameters, losses and optimizers are float32 in all of them; what is named here is
 * the type of the operands of matrix products, convolutions and attention.
 */
public enum Precision {
    /** Float32 throughout. */
    FP32(6),
    /** bfloat16: needs no loss scaling. */
    BF16(15),
    /** float16, with loss scaling; on CUDA only. */
    FP16(5);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** ATen's number of the operand type. */
    int scalarType() {
        return scalarType;
    }
}
