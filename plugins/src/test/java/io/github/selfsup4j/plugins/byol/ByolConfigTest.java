package io.github.selfsup4j.plugins.byol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.registry.ComponentScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByolConfigTest {
    private static final String CONFIG = """
            model:
              type: BYOL
              backbone: {type: ResNet, depth: 18, norm_cfg: {type: BN}}
              neck: {type: NonLinearNeck, in_channels: 512, hid_channels: 8, out_channels: 4}
              head: {type: LatentPredictHead, predictor: {type: NonLinearNeck, in_channels: 4, hid_channels: 8, out_channels: 4}}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18 | 18 | ''",
                "18 | 50 | 4: model.neck.in_channels: is 512, but the backbone gives [2048]; make them equal",
                "18 | 20 | 3: model.backbone.depth: expected one of [18, 34, 50, 101, 152], found the integer 20",
                "ResNet | ResNeXt | 3: model.backbone.depth: expected one of [50, 101, 152], found the integer 18",
                "18 | 18, out_indices: [3, 4] | 4: model.neck.in_channels: is 512, but the backbone gives [256, 512]; make them equal",
                "18 | 18, out_indices: [5] | 3: model.backbone.out_indices: expected numbers from 0 (the stem) to num_stages 4, found a list of 1 item",
                "18 | 18, with_cp: true | 3: model.backbone.with_cp: expected false: activations are kept, not computed twice, found true",
                "18 | 18, num_stages: 3 | 3: model.backbone.strides: expected 3 numbers, one a stage, found the default [1, 2, 2, 2]",
                "18 | 18, expansion: 4 | 3: model.backbone.expansion: expected a positive number, 1 below depth 50, found the integer 4",
                "{type: BN} | {type: GN} | 3: model.backbone.norm_cfg.type: expected one of BN, BN1d, BN2d, SyncBN, found the string \"GN\"",
                "in_channels: 4 | in_channels: 5 | 5: model.head.predictor: maps 5 channels to 4, but the neck gives 4; make them equal",
            })
    void saysWhereAndWhatIsWrong(String found, String replacement, String expected) throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, CONFIG.replace(found, replacement));
        Problems problems = new Problems();
        ConfigFile config = ConfigReader.read(file, List.of(), Map.of(), problems);
        new Planner(ComponentScanner.scan(List.of()), problems)
                .plan(config.root().get("model").orElseThrow(), Algorithm.class);
        assertEquals(
                expected,
                problems.all().isEmpty()
                        ? ""
                        : problems.all().get(0).location().line() + ": "
                                + problems.all().get(0).path() + ": "
                                + problems.all().get(0).message());
    }
}
