package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a config gives a message for the person who made it, exit code 2, and no stack trace. */
class MistakesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
    }

    private String mistake(String... arguments) throws IOException, InterruptedException {
        Selfsup.Result result = Selfsup.run(folder, arguments).failedWith(2);
        assertFalse(result.err().contains("\tat "), result.err());
        return result.err().strip();
    }

    private String trainWith(String yaml) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("mine.yaml"), "_base_: small.yaml\n" + yaml);
        return mistake("train", "mine.yaml");
    }

    @Test
    void severalMistakesInOneFileAreShownTogether() throws IOException, InterruptedException {
        List<String> lines = firstSentences(trainWith("""
                modle: {}
                model:
                  backbone: {img_sise: 32, patch_size: 7}
                  neck: {type: CAEHead, lambd: 1}
                  head: {lambd: "2"}
                optimizer: {type: AdamV}
                runner: {max_epochs: 192.7}
                lr_config: {policy: CosineAnealing}
                custom_hooks: [{type: EMAHook, momentum: [1]}]
                """));
        assertEquals(
                List.of(
                        "mine.yaml:2: modle: unknown key; did you mean 'model'?",
                        "mine.yaml:9: lr_config.type: unknown hook 'CosineAnealingLrUpdaterHook'; did you mean CosineAnnealingLrUpdaterHook?",
                        "mine.yaml:10: custom_hooks.0.momentum: expected a number, found a list of 1 item",
                        "mine.yaml:4: model.backbone.img_sise: unknown key; did you mean 'img_size'?",
                        "mine.yaml:5: model.neck.type: CAEHead is a head, not a neck",
                        "mine.yaml:6: model.head.lambd: expected a number, found the string \"2\"; leave out the quotes",
                        "mine.yaml:7: optimizer.type: unknown optimizer 'AdamV'; did you mean Adam?",
                        "mine.yaml:8: runner.max_epochs: expected an integer, found the number 192.7"),
                lines);
    }

    private static List<String> firstSentences(String err) {
        return err.lines()
                .map(line -> line.replaceFirst(" Known keys.*|; expected one of \\[.*", "")
                        .replaceFirst(" \\(one of your own.*", "")
                        .replaceFirst("^.*/(?=mine.yaml)", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: {backbone: {img_sise: 32}}            | mine.yaml:2: model.backbone.img_sise: unknown key; did you mean 'img_size'?",
                "model: {backbone: {type: CAEVit}}            | mine.yaml:2: model.backbone.type: unknown backbone 'CAEVit'; did you mean CAEViT?",
                "model: {backbone: {type: CAEHead}}           | mine.yaml:2: model.backbone.type: CAEHead is a head, not a backbone",
                "model: {backbone: {img_size: 30}}            | mine.yaml:2: model.backbone.img_size: expected a multiple of patch_size 8, found the integer 30",
                "model: {neck: {num_classes: 17}}             | mine.yaml:2: model.neck.num_classes: is 17, but the tokenizer's vocabulary is 16; make them equal",
                "model: {head: {lambd: null}}                 | mine.yaml:2: model.head.lambd: expected a number, found null",
                "optimizer: {lr: '3e-3'}                      | mine.yaml:2: optimizer.lr: expected a number, found the string",
                "optimizer: {_delete_: true, type: SGD}       | mine.yaml:2: optimizer: missing required key 'lr'",
                "runner: {max_epochs: 1.5}                    | mine.yaml:2: runner.max_epochs: expected an integer, found the number 1.5",
                "custom_hooks: [{type: EMAHook, priority: X}] | mine.yaml:2: custom_hooks.0.priority: expected a number from 0 to 100 or one of",
                "data: {train: {pipeline: [{type: RandomMaskGenerator, input_size: 4, num_masking_patches: 17}]}} | expected 1 or more and fewer than the 16 patches, found the integer 17",
                "data: {train: {data_source: {data_prefix: nowhere}}} | mine.yaml:2: data.train.data_source: FashionMNIST can't be built: found neither train-images-idx3-ubyte nor",
                "model: {head: {tokenizer: {_delete_: true, type: DALLEEncoder, vocab_size: 16, checkpoint: none.pth}}} | there is no file none.pth. Download them from",
                "x: {                                         | mine.yaml:",
                "model: ${nothing.here}                       | nothing.here",
            })
    void aMistakeIsToldWithPlaceAndAdvice(String yaml, String expected) throws IOException, InterruptedException {
        String err = trainWith(yaml.replace("'3e-3'", "\"3e-3\"") + "\n").replaceAll("(?m)^.*/(?=mine.yaml)", "");
        assertTrue(err.contains(expected), () -> "expected\n" + expected + "\nin\n" + err);
    }

    @Test
    void aCircleOfBasesIsShown() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("a.yaml"), "_base_: b.yaml\n");
        Files.writeString(folder.resolve("b.yaml"), "_base_: a.yaml\n");
        String err = mistake("check", "a.yaml");
        assertTrue(err.contains("a.yaml") && err.contains("b.yaml"), err);
    }

    @Test
    void aMissingConfigIsNamed() throws IOException, InterruptedException {
        String err = mistake("train", "smal.yaml");
        assertTrue(err.contains("no such file") && err.contains("smal.yaml"), err);
    }

    @Test
    void cudaThatIsNotThereIsRefused() throws IOException, InterruptedException {
        String err = mistake("train", "small.yaml", "--device", "cuda:7");
        assertTrue(err.startsWith("device cuda:7 was asked for, but the engine finds"), err);
    }

    @Test
    void wrongUsageIsExplained() throws IOException, InterruptedException {
        assertTrue(mistake("train").contains("Missing required parameter: 'CONFIG'"));
        assertTrue(mistake("trian", "small.yaml").contains("trian"));
    }
}
