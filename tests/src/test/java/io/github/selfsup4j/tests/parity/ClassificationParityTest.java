package io.github.selfsup4j.tests.parity;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationParityTest {
    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cls_vit_schedule",
                "cls_vit_relative_positions",
                "cls_vit_drop_path",
                "cls_vit_linprobe",
                "cls_vit_mixup",
                "cls_vit_cutmix",
                "cls_mocov3_linear",
                "cls_resnet18_linear",
                "cls_resnet_finetune"
            })
    void trainingAndEvaluationEqualTheReference(String name) throws IOException {
        ReferenceCase.trace(name, out).assertAll();
        ReferenceCase.assertExtractedFeatures(ReferenceCase.folder(name), "img", 1e-5);
        ReferenceCase.assertScores(ReferenceCase.folder(name), 1e-5);
    }
}
