package io.github.selfsup4j.plugins.mae;

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

class MaeConfigTest {
    private static final String CONFIG = """
            model:
              type: MAE
              backbone: {type: MAEViT, arch: b, img_size: 224}
              neck: {type: MAEPretrainDecoder, embed_dim: 768}
              head: {type: MAEPretrainHead, norm_pix: true}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arch: b | arch: b | ''",
                "img_size: 224 | img_size: 192 | 4: model.neck.num_patches: is 196, but the number of the backbone's patches is 144; make them equal",
                "embed_dim: 768 | embed_dim: 512 | 4: model.neck.embed_dim: is 512, but the backbone's embed_dims is 768; make them equal",
                "embed_dim: 768 | embed_dim: 768, patch_size: 8 | 4: model.neck.patch_size: is 8, but the backbone's patch_size is 16; make them equal",
                "embed_dim: 768 | embed_dim: 768, in_chans: 1 | 4: model.neck.in_chans: is 1, but the number of an image's channels is 3; make them equal",
                "norm_pix: true | patch_size: 8 | 5: model.head.patch_size: is 8, but the backbone's patch_size is 16; make them equal",
                "img_size: 224 | 'img_size: [224, 112]' | 3: model.backbone.img_size: expected a square, found a list of 2 items",
                "arch: b | mask_ratio: 1.0 | 3: model.backbone.mask_ratio: expected a number in [0, 1), found the number 1.0",
                "embed_dim: 768 | embed_dim: 768, num_patches: 200 | 4: model.neck.num_patches: expected a square number, found the integer 200",
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
