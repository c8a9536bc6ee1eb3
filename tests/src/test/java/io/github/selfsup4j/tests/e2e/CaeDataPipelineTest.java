package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.registry.ComponentScanner;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped CAE config over a folder of JPEG files, up to the batch that the model gets. */
class CaeDataPipelineTest {
    private static final Path CONFIG =
            Path.of("../configs/selfsup/cae/cae_vit-base-p16_8xb256-fp16-coslr-300e_in1k.yaml");

    @TempDir
    private Path folder;

    @BeforeEach
    void paintPictures() throws IOException {
        for (int i = 0; i < 12; i++) {
            Path file = Files.createDirectories(folder.resolve("class" + i % 3)).resolve(i + ".JPEG");
            BufferedImage image = new BufferedImage(300 + 10 * i, 250, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(20 * i, 128, 255 - 20 * i));
            graphics.fillOval(20, 20, 200, 200);
            graphics.dispose();
            ImageIO.write(image, "jpg", file.toFile());
        }
        Files.writeString(folder.resolve("class1").resolve("text.jpg"), "no picture");
    }

    @Test
    void givesTwoSizesAndAMaskTheSameForAnyNumberOfWorkers() throws IOException {
        Dataset dataset = dataset();
        assertEquals(13, dataset.size());
        List<String> warnings = new ArrayList<>();
        List<float[]> images = new ArrayList<>();
        for (int workers : new int[] {1, 3}) {
            DataLoader.Settings settings = new DataLoader.Settings(13, workers, true, true, 5, 0.1);
            try (NDManager manager = NDManager.newBaseManager();
                    DataLoader loader = new DataLoader(dataset, settings, warnings::add);
                    DataLoader.Epoch epoch = loader.epoch(0, 0)) {
                Batch batch = epoch.next().toBatch(manager);
                assertEquals(new Shape(13, 3, 224, 224), batch.get("img").getShape());
                assertEquals(new Shape(13, 3, 112, 112), batch.get("img_target").getShape());
                assertEquals(new Shape(13, 14, 14), batch.get("mask").getShape());
                assertEquals(13 * 75, batch.get("mask").sum().getLong());
                images.add(batch.get("img").toFloatArray());
            }
        }
        assertTrue(Arrays.equals(images.get(0), images.get(1)));
        assertEquals(2, warnings.size(), "the text file, once in each run");
        assertTrue(warnings.get(0).contains("text.jpg: it begins with 0x6e6f"), warnings.get(0));
    }

    private Dataset dataset() {
        Problems problems = new Problems();
        List<String> overrides =
                List.of("data.train.data_source.data_prefix=" + folder, "data.train.data_source.ann_file=null");
        MapNode data = (MapNode) ConfigReader.read(CONFIG, overrides, Map.of(), problems)
                .root()
                .get("data")
                .orElseThrow();
        Planner planner = new Planner(ComponentScanner.scan(List.of()), problems);
        return planner.plan(data.get("train").orElseThrow(), Dataset.class)
                .map(plan -> new ComponentFactory(services -> {}).build(plan, Dataset.class))
                .orElseThrow(() -> new AssertionError(problems.all()));
    }
}
