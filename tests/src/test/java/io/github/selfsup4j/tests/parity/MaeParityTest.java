package io.github.selfsup4j.tests.parity;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaeParityTest {
    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(strings = {"mae_norm_pix", "mae_accumulation"})
    void lossesGradientsOutputsAndStepsEqualTheReference(String name) throws IOException {
        ReferenceCase.trace(name, out).assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mae_norm_pix", "mae_accumulation"})
    void bfloat16StaysCloseToFloat32(String name) throws IOException {
        ReferenceCase.trace(name, out, "--precision", "bf16").assertLosses(2e-2);
    }
}
