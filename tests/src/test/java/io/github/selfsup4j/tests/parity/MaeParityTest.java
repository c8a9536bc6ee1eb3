package io.github.selfsup4j.tests.parity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class MaeParityTest {
    @TempDir
    Path out;

    @Test
    void lossesGradientsOutputsAndThreeStepsEqualTheReference() throws IOException {
        ReferenceCase reference = ReferenceCase.trace("mae", out);
        reference.assertFirstLosses(1e-5);
        reference.assertOutputs(1e-5);
        reference.assertGradients();
        reference.assertSteps(1e-5);
        reference.assertWeightsAfterSteps();
    }

    @Test
    void bfloat16StaysCloseToFloat32() throws IOException {
        ReferenceCase bfloat16 = ReferenceCase.trace("mae", out, "--precision", "bf16");
        for (int step = 0; step < 3; step++) {
            ReferenceCase.assertClose(bfloat16.referenceLoss(step), bfloat16.loss(step), 2e-2, "loss of step " + step);
        }
    }
}
