package io.github.selfsup4j.tests.parity;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

class CaeParityTest {
    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(strings = {"cae", "cae_momentum"})
    void lossesGradientsOutputsAndThreeStepsEqualTheReference(String name) throws IOException {
        ReferenceCase reference = ReferenceCase.trace(name, out);
        reference.assertFirstLosses(1e-5);
        reference.assertOutputs(1e-5);
        reference.assertGradients();
        reference.assertSteps(1e-5);
        reference.assertWeightsAfterSteps();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cae", "cae_momentum"})
    void bfloat16StaysCloseToFloat32(String name) throws IOException {
        ReferenceCase bfloat16 = ReferenceCase.trace(name, out, "--precision", "bf16");
        for (int step = 0; step < 3; step++) {
            ReferenceCase.assertClose(bfloat16.referenceLoss(step), bfloat16.loss(step), 2e-2, "loss of step " + step);
        }
    }
}
