package io.github.selfsup4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
    @ParameterizedTest
    @CsvSource({
        "flags\t\t: fpu avx512f avx512_bf16, false",
        "flags\t\t: fpu avx512f avx512_bf16 amx_bf16 amx_tile, true",
        "Features\t: fp asimd sha3, false",
        "Features\t: fp asimd i8mm bf16, true",
        "model name\t: of which nothing else is known, true",
    })
    void bfloat16IsFastWithUnitsForIt(String line, boolean fast) {
        assertEquals(fast, Processor.isFastAtBfloat16(List.of("processor\t: 0", line)));
    }

    @ParameterizedTest
    @CsvSource({
        "fp32, false, true, FP32",
        "bf16, false, true, BF16",
        "bf16, false, false, FP32",
        "bf16-always, false, false, BF16",
        ", true, true, BF16",
        ", true, false, FP32",
        ", false, true, FP32"
    })
    void bfloat16IsComputedWhereItIsFasterOrDemanded(
            String name, boolean fp16Section, boolean fast, Precision expected) {
        assertEquals(expected, Devices.precision(Optional.ofNullable(name), fp16Section, Device.cpu(), fast));
    }
}
