package io.github.selfsup4j.tests.parity;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

class ClassificationParityTest {
    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(strings = {"cls_vit_finetune", "cls_vit_finetune_rpe", "cls_vit_linprobe", "cls_vit_droppath", "cls_vit_mixup",
        "cls_vit_cutmix", "cls_mocov3_vit_linear", "cls_resnet_linear", "cls_resnet_finetune"})
    void trainingAndEvaluationEqualTheReference(String name) throws IOException {
        ReferenceCase reference = ReferenceCase.trace(name, out);
        reference.assertFirstLosses(1e-5);
        reference.assertOutputs(1e-5);
        reference.assertGradients();
        reference.assertSteps(1e-5);
        reference.assertWeightsAfterSteps();
        ReferenceCase.assertExtractedFeatures(name, "img", 1e-5);
        ReferenceCase.assertScores(name, 1e-5);
    }
}
