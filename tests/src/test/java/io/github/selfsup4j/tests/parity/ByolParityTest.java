package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByolParityTest {
    private static final String CASE = "byol";
    /** Its norms over a few pixels make three steps of rounding large: what comes before them is compared. */
    private static final String DEEP_STEM = "byol_schedule";

    @TempDir
    Path out;

    @Test
    void lossesGradientsOutputsAndStepsEqualTheReference() throws IOException {
        ReferenceCase.trace(CASE, out).assertAll();
    }

    @Test
    void withAScheduleAndADeepStemTheFirstStepEqualsTheReference() throws IOException {
        ReferenceCase reference = ReferenceCase.trace(DEEP_STEM, out);
        reference.assertFirstLosses(1e-5);
        reference.assertGradients();
    }

    @Test
    void featuresInEvaluationModeEqualTheReference() throws IOException {
        ReferenceCase.assertExtractedFeatures(ReferenceCase.folder(CASE), "img_0", 1e-5);
    }

    @Test
    void synchronisedNormsArePlainOnesAndTheLogSaysSoOnce() throws IOException {
        ReferenceCase reference = ReferenceCase.trace(
                CASE, out, "--cfg-options", "model.backbone.norm_cfg.type=SyncBN", "model.neck.norm_cfg.type=SyncBN");
        reference.assertFirstLosses(1e-5);
        assertEquals(
                1,
                Files.readAllLines(out.resolve("trace.log")).stream()
                        .filter(line -> line.contains("SyncBN"))
                        .count());
    }

    @Test
    void bfloat16StaysCloseToFloat32() throws IOException {
        ReferenceCase bfloat16 = ReferenceCase.trace(CASE, out, "--precision", "bf16");
        ReferenceCase.assertClose(bfloat16.referenceLoss(0), bfloat16.loss(0), 2e-2, "loss of step 0");
    }
}
