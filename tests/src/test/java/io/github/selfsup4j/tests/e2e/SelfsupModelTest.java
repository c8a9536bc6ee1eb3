package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.SelfsupModel;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.embed.EmbeddingModel;
import io.github.selfsup4j.tools.features.FeatureFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint as a DJL predictor, as README.md shows it. */
class SelfsupModelTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- embedding-example: EmbedPicture.java -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    private static final int DIM = 24;

    @TempDir
    static Path folder;

    private static Path config;
    private static Path checkpoint;

    @BeforeAll
    static void train() throws IOException {
        config = Files.writeString(
                SmallExperiment.in(folder),
                Files.readString(SmallExperiment.in(folder))
                        .replace("data_prefix: data", "data_prefix: " + folder.resolve("data")));
        Selfsup.call("train", config, "--work-dir", folder.resolve("run"), "--cfg-options", "runner.max_epochs=1")
                .succeeded();
        checkpoint = folder.resolve("run/latest.pth");
        for (int i = 0; i < 3; i++) {
            BufferedImage picture = new BufferedImage(60 + 20 * i, 70, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < picture.getWidth() * 70; pixel++) {
                picture.setRGB(
                        pixel % picture.getWidth(),
                        pixel / picture.getWidth(),
                        pixel % picture.getWidth() / 9 % 2 == 0 ? 0xe0a020 * (i + 1) : 0x203050);
            }
            ImageIO.write(picture, "png", folder.resolve("picture" + i + ".png").toFile());
        }
    }

    private static Path picture(int number) {
        return folder.resolve("picture" + number + ".png");
    }

    /** What {@code extract} gives for a picture. */
    private static float[] extracted(int number) throws IOException {
        Path file = folder.resolve("features.npz");
        Selfsup.call("extract", config, checkpoint, "--images", picture(number), "--out", file)
                .succeeded();
        return FeatureFile.read(file).values();
    }

    @Test
    void theExampleOfTheReadmePrintsThePicturesFeatures() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(Selfsup.root().resolve("README.md")));
        assertTrue(example.find(), "README.md has no embedding example");
        Path source = Files.writeString(folder.resolve("EmbedPicture.java"), example.group(1));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                source.toString()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("EmbedPicture").getMethod("main", String[].class).invoke(null, (Object)
                    new String[] {checkpoint.toString(), picture(0).toString()});
        } finally {
            System.setOut(out);
        }
        String[] numbers = printed.toString(StandardCharsets.UTF_8)
                .strip()
                .replaceAll("[\\[\\]]", "")
                .split(", ");
        float[] embedding = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            embedding[i] = Float.parseFloat(numbers[i]);
        }
        assertArrayEquals(extracted(0), embedding, 1e-5f);
    }

    @Test
    void picturesOfDifferentSizesGoTogether() throws Exception {
        ImageFactory pictures = ImageFactory.getInstance();
        try (Predictor<Image, float[]> predictor = SelfsupModel.load(checkpoint)) {
            List<float[]> together =
                    predictor.batchPredict(List.of(pictures.fromFile(picture(1)), pictures.fromFile(picture(2))));
            assertEquals(DIM, together.get(0).length);
            assertArrayEquals(extracted(1), together.get(0), 1e-5f);
            assertArrayEquals(extracted(2), together.get(1), 1e-5f);
        }
    }

    @Test
    void closingGivesEverythingBack() throws IOException {
        EmbeddingModel loaded = EmbeddingModel.load(checkpoint);
        NDManager owner = loaded.model().getNDManager();
        assertFalse(owner.getManagedArrays().isEmpty());
        loaded.model().close();
        assertFalse(owner.isOpen());
    }

    @Test
    void weightsAloneNeedAConfig() throws Exception {
        Path alone = folder.resolve("backbone.pth");
        Selfsup.call("extract-backbone", checkpoint, alone).succeeded();
        ConfigException refused = assertThrows(ConfigException.class, () -> SelfsupModel.load(alone));
        assertTrue(
                refused.getMessage().contains("holds weights but no config")
                        && refused.getMessage().contains("SelfsupModel.load(checkpoint, config)"),
                refused.getMessage());
        try (Predictor<Image, float[]> predictor = SelfsupModel.load(alone, config)) {
            assertArrayEquals(
                    extracted(0), predictor.predict(ImageFactory.getInstance().fromFile(picture(0))), 1e-5f);
        }
    }

    @Test
    void refusesFilesThatAreNoCheckpoints() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pth"), "hello");
        assertThrows(ConfigException.class, () -> SelfsupModel.load(text));
        assertEquals(
                "there is no file " + folder.resolve("none.pth"),
                assertThrows(ConfigException.class, () -> SelfsupModel.load(folder.resolve("none.pth")))
                        .getMessage());
    }
}
