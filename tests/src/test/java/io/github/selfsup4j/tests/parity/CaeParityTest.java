package io.github.selfsup4j.tests.parity;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaeParityTest {
    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(strings = {"cae", "cae_momentum", "cae_schedule"})
    void lossesGradientsOutputsAndStepsEqualTheReference(String name) throws IOException {
        ReferenceCase.trace(name, out).assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cae", "cae_momentum"})
    void bfloat16StaysCloseToFloat32(String name) throws IOException {
        ReferenceCase.trace(name, out, "--precision", "bf16").assertLosses(2e-2);
    }
}
