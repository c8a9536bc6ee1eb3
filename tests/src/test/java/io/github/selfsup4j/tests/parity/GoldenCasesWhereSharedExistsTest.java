package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of the reference that are too large to be part of this project, beside those that are. */
class GoldenCasesWhereSharedExistsTest {
    private static final Path SHARED = Path.of("../../shared/golden");

    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mae",
                "cls_vit_finetune",
                "cls_vit_finetune_rpe",
                "cls_vit_linprobe",
                "cls_vit_droppath",
                "cls_vit_mixup",
                "cls_vit_cutmix",
                "cls_mocov3_vit_linear",
                "cls_resnet_linear"
            })
    void trainingAndEvaluationEqualTheReference(String name) throws IOException {
        Path folder = SHARED.resolve(name);
        assumeTrue(Files.isDirectory(folder), "the reference values are not here");
        ReferenceCase.trace(folder, out).assertAll();
        if (Files.exists(folder.resolve("eval.npz"))) {
            ReferenceCase.assertExtractedFeatures(folder, "img", 1e-5);
        }
        if (name.startsWith("cls_")) {
            ReferenceCase.assertScores(folder, 1e-5);
        }
    }
}
