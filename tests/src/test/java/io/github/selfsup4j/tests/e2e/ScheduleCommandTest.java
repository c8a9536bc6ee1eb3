package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path config;
    private Path json;

    @BeforeEach
    void writeConfig() throws IOException {
        config = Files.writeString(folder.resolve("steps.yaml"), """
                optimizer: {type: SGD, lr: 0.1, momentum: 0.8, paramwise_options: {bias: {weight_decay: 0.}, head: {lr_mult: 10}}}
                lr_config: {policy: Step, step: [1], gamma: 0.5}
                runner: {type: EpochBasedRunner, max_epochs: 2}
                """);
        json = folder.resolve("new/folder/schedule.json");
    }

    private JsonNode numbers() throws IOException {
        Selfsup.call("schedule", config, "--iters-per-epoch", 2, "--json", json).succeeded();
        return JSON.readTree(json.toFile());
    }

    @Test
    void givesEveryIterationOfEveryGroupThatDiffers() throws IOException {
        assertEquals(JSON.readTree("""
                {"iters_per_epoch": 2, "groups": ["all", "head"], "lr": [[0.1, 1.0], [0.1, 1.0], [0.05, 0.5], [0.05, 0.5]],
                 "momentum": [[0.8, 0.8], [0.8, 0.8], [0.8, 0.8], [0.8, 0.8]]}"""), numbers());
    }

    /** As on servers and in small containers. */
    @Test
    void withoutFontsAPictureIsRefusedWithWhatToInstall() throws IOException, InterruptedException {
        String message = Selfsup.runWith(
                        "-Dsun.awt.fontconfig=/nowhere",
                        folder,
                        "schedule",
                        config.toString(),
                        "--iters-per-epoch",
                        "2",
                        "--out",
                        "rates.png")
                .refused();
        assertTrue(
                message.contains("Java finds no fonts here") && message.contains("apt-get install fontconfig"),
                message);
    }

    @Test
    void theMomentumOfAnAdamIsItsBeta1() throws IOException {
        config = Files.writeString(folder.resolve("adam.yaml"), """
                _base_: steps.yaml
                optimizer: {type: AdamW, lr: 0.1, betas: [0.95, 0.999], _delete_: true}
                momentum_config: {policy: Step, step: [1], gamma: 0.5}
                """);
        assertEquals(
                JSON.readTree("[[0.95], [0.95], [0.475], [0.475]]"), numbers().get("momentum"));
    }

    @Test
    void withoutJsonItPrintsATable() {
        List<String> lines = Selfsup.call("schedule", config, "--iters-per-epoch", 1)
                .succeeded()
                .out()
                .lines()
                .toList();
        assertEquals(
                List.of(
                        "iteration\tlr [all, head]\tmomentum",
                        "0\t[0.1, 1.0]\t[0.8, 0.8]",
                        "1\t[0.05, 0.5]\t[0.8, 0.8]"),
                lines);
    }

    @Test
    void drawsAPlotWithoutADisplay() throws IOException {
        Path plot = folder.resolve("plots/schedule.png");
        Selfsup.call("schedule", config, "--out", plot).succeeded();
        BufferedImage picture = ImageIO.read(plot.toFile());
        assertArrayEquals(new int[] {900, 500}, new int[] {picture.getWidth(), picture.getHeight()});
        long colours = IntStream.range(0, 900 * 500)
                .map(i -> picture.getRGB(i % 900, i / 900))
                .distinct()
                .count();
        assertTrue(colours > 20, "only " + colours + " colours");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lr_config={policy: CosineRestart, periods: [1], min_lr: 0, _delete_: true} | lr_config.periods [1] end before the run does, which is 2 epochs long",
                "lr_config={policy: Inv, gamma: -1, power: 1, _delete_: true}              | InvLrUpdaterHook gives lr Infinity at iteration 2",
                "lr_config={policy: OneCycle, max_lr: 1, total_steps: 3, _delete_: true}   | lr_config.total_steps is 3, less than the 4 iterations of the run",
                "lr_config={policy: Stepp, step: [1], _delete_: true}                       | did you mean StepLrUpdaterHook?",
                "runner=null                                                                | the config has no runner, without which there is no schedule",
                "optimizer=null                                                             | the config has no optimizer, without which there is no schedule"
            })
    void explainsAScheduleThatCantBe(String cfgOption, String message) {
        String err = Selfsup.call(
                        "schedule", config, "--iters-per-epoch", 2, "--json", json, "--cfg-options", cfgOption)
                .refused();
        assertTrue(err.contains(message), err);
        assertTrue(Files.notExists(json), "a schedule that can't be was written");
    }
}
