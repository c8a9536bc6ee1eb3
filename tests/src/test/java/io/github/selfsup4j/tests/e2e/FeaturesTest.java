package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.numpy.NpzFile;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.TensorFile;
import io.github.selfsup4j.tools.features.FeatureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that look at images with a frozen backbone, trained for an epoch. */
class FeaturesTest {
    private static final int DIM = 24;

    @TempDir
    static Path folder;

    private static Path config;
    private static Path checkpoint;

    @BeforeAll
    static void train() throws IOException {
        config = Files.writeString(
                folder.resolve("small.yaml"),
                Files.readString(SmallExperiment.in(folder))
                                .replace("data_prefix: data", "data_prefix: " + folder.resolve("data"))
                        + EVALUATION.replace("FOLDER", folder.resolve("data").toString()));
        Selfsup.call(
                        "train",
                        config,
                        "--work-dir",
                        folder.resolve("work"),
                        "--cfg-options",
                        "runner.max_epochs=1",
                        "evaluation=null")
                .succeeded();
        checkpoint = folder.resolve("work/latest.pth");
    }

    private static NpzFile extract(Object... options) throws IOException {
        Path file = folder.resolve("features.npz");
        Object[] arguments = new Object[5 + options.length];
        System.arraycopy(new Object[] {"extract", config, checkpoint, "--out", file}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        Selfsup.call(arguments).succeeded();
        return Npz.readWithTexts(file);
    }

    @Test
    void extractsFeaturesLabelsPathsAndClasses() throws IOException {
        NpzFile npz = extract();
        assertArrayEquals(new long[] {64, DIM}, npz.arrays().get("features").shape());
        assertArrayEquals(
                new long[] {0, 1, 2}, Arrays.copyOf(npz.arrays().get("labels").toLongs(), 3));
        assertEquals(64, npz.texts().get("paths").size());
        assertEquals("Trouser", npz.texts().get("classes").get(1));
        // A batch size, a file format, and the file of the backbone alone make no difference.
        Path backbone = folder.resolve("backbone.pth");
        Selfsup.call("extract-backbone", checkpoint, backbone).succeeded();
        Path other = folder.resolve("features.safetensors");
        Selfsup.call("extract", config, backbone, "--out", other, "--batch-size", 7)
                .succeeded();
        TensorFile tensors = Safetensors.read(other);
        assertArrayEquals(
                npz.arrays().get("features").toFloats(),
                tensors.tensors().get("features").toFloats(),
                1e-4f);
        assertEquals(npz.arrays().get("labels"), tensors.tensors().get("labels"));
        Path parquet = folder.resolve("features.parquet");
        Selfsup.call("extract", config, checkpoint, "--out", parquet).succeeded();
        assertEquals(npz.texts().get("paths"), FeatureFile.read(parquet).paths());
        assertEquals(npz.texts().get("classes"), FeatureFile.read(parquet).classes());
        assertArrayEquals(
                npz.arrays().get("features").toFloats(),
                FeatureFile.read(parquet).values(),
                1e-5f);
        assertFalse(
                Arrays.equals(
                        npz.arrays().get("features").toFloats(), extractRandom().toFloats()),
                "the checkpoint's weights are used");
    }

    private static HostTensor extractRandom() throws IOException {
        Path file = folder.resolve("random.npz");
        Selfsup.call("extract", config, "random", "--out", file).succeeded();
        return Npz.readWithTexts(file).arrays().get("features");
    }

    @Test
    void anyLayerAndPooling() throws IOException {
        float[] all = extract("--layer", "1", "--pool", "none")
                .arrays()
                .get("features")
                .toFloats();
        int tokens = 17;
        assertEquals(64 * tokens * DIM, all.length);
        float[] cls = extract("--layer", "layers.1", "--pool", "cls")
                .arrays()
                .get("features")
                .toFloats();
        float[] avg = extract("--layer", "layers.1").arrays().get("features").toFloats();
        float[] max = extract("--layer", "1", "--pool", "max")
                .arrays()
                .get("features")
                .toFloats();
        for (int image : List.of(0, 63)) {
            for (int i = 0; i < DIM; i++) {
                float sum = 0;
                float greatest = Float.NEGATIVE_INFINITY;
                for (int token = 1; token < tokens; token++) {
                    float value = all[(image * tokens + token) * DIM + i];
                    sum += value;
                    greatest = Math.max(greatest, value);
                }
                assertEquals(all[image * tokens * DIM + i], cls[image * DIM + i]);
                assertEquals(sum / 16, avg[image * DIM + i], 1e-5);
                assertEquals(greatest, max[image * DIM + i]);
            }
        }
        assertFalse(Arrays.equals(
                avg, extract("--layer", "0").arrays().get("features").toFloats()));
        String refused = Selfsup.call(
                        "extract", config, checkpoint, "--out", folder.resolve("x.npz"), "--layer", "layers.7")
                .refused();
        assertEquals("the model has no layer 'layers.7'; did you mean layers.0? It has layers.0, layers.1", refused);
    }

    @Test
    void foldersOfImagesAreClasses() throws IOException {
        Path pictures = pictures();
        NpzFile npz = extract("--images", pictures);
        assertEquals(List.of("dark", "light"), npz.texts().get("classes"));
        assertArrayEquals(new long[] {0, 0, 1, 1}, npz.arrays().get("labels").toLongs());
        assertEquals(
                pictures.resolve("dark/0.png").toString(),
                npz.texts().get("paths").get(0));
        NpzFile flat = extract("--images", pictures.resolve("light/1.png"), pictures.resolve("dark"));
        assertArrayEquals(new long[] {-1, -1, -1}, flat.arrays().get("labels").toLongs());
        float[] rows = npz.arrays().get("features").toFloats();
        assertArrayEquals(
                Arrays.copyOfRange(rows, 3 * DIM, 4 * DIM),
                Arrays.copyOf(flat.arrays().get("features").toFloats(), DIM),
                1e-5f);
    }

    @Test
    void aConfigOfTrainingOnlyLooksAtResizedAndCroppedPictures() throws IOException {
        NpzFile npz = extract("--images", pictures(), "--cfg-options", "evaluation=null");
        assertArrayEquals(new long[] {4, DIM}, npz.arrays().get("features").shape());
        NpzFile train = extract("--cfg-options", "evaluation=null");
        assertEquals(160, train.texts().get("paths").size());
    }

    private static Path pictures() throws IOException {
        Path pictures = folder.resolve("pictures");
        for (int i = 0; i < 4; i++) {
            Path file = Files.createDirectories(pictures.resolve(i < 2 ? "dark" : "light"))
                    .resolve(i % 2 + ".png");
            BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 28 * 28; pixel++) {
                picture.setRGB(pixel % 28, pixel / 28, (i < 2 ? 0x101010 : 0xe0e0e0) + pixel % (3 + i % 2));
            }
            ImageIO.write(picture, "png", file.toFile());
        }
        return pictures;
    }

    @Test
    void neighboursOfAPictureAreThoseLikeIt() throws IOException {
        Path pictures = pictures();
        Path page = folder.resolve("page.png");
        String told = Selfsup.call(
                        "neighbors", config, checkpoint, "--images", pictures, "--rows", "0,3", "--k", 1, "--out", page)
                .succeeded()
                .out();
        assertTrue(told.contains("1 neighbours of 2 images among 4; 2 of 2 are of the query's class"), told);
        BufferedImage drawn = ImageIO.read(page.toFile());
        assertEquals(12 + 2 * (112 + 12), drawn.getWidth());
        assertTrue(
                (drawn.getRGB(60, 60) & 0xff) < 0x30 && (drawn.getRGB(60 + 124, 60) & 0xff) < 0x30,
                "a dark picture is next to the dark query");
        // The same from a file of features, with the pictures found by their paths.
        Path file = folder.resolve("pictures.npz");
        Selfsup.call("extract", config, checkpoint, "--images", pictures, "--out", file)
                .succeeded();
        Path again = folder.resolve("again.png");
        Selfsup.call("neighbors", file, "--rows", "0,3", "--k", 1, "--out", again)
                .succeeded();
        assertArrayEquals(Files.readAllBytes(page), Files.readAllBytes(again));
        assertEquals(
                "--rows has 4, but the images are numbered 0 to 3",
                Selfsup.call("neighbors", file, "--rows", "4", "--out", again).refused());
    }

    @Test
    void tsneWritesAPictureAndAPageThatNeedsNothingElse() throws IOException {
        String told = Selfsup.call(
                        "tsne",
                        config,
                        checkpoint,
                        "--data",
                        "train",
                        "--n-iter",
                        300,
                        "--learning-rate",
                        50,
                        "--out",
                        folder.resolve("map"))
                .succeeded()
                .out();
        assertTrue(told.contains("160 of 160 images"), told);
        assertEquals(1100, ImageIO.read(folder.resolve("map.png").toFile()).getWidth());
        String page = Files.readString(folder.resolve("map.html"));
        assertTrue(page.contains("data:image/jpeg;base64,"));
        assertFalse(page.replaceAll("data:[^\"]*", "").matches("(?s).*(https?:|src=|href=).*"), "nothing is loaded");
        assertFalse(page.contains("{{"));
    }

    @Test
    void whatAFileSaysCanNotBreakOutOfThePage() throws IOException {
        Path file = folder.resolve("evil.npz");
        Npz.write(
                file,
                new NpzFile(
                        Map.of("features", HostTensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2)),
                        Map.of("paths", List.of("</script><script>alert(1)</script>", "b", "c", "d"))));
        String told = Selfsup.call("tsne", file, "--n-iter", 20, "--out", folder.resolve("evil"))
                .succeeded()
                .out();
        assertTrue(told.contains("without thumbnails"), told);
        assertEquals(1, Files.readString(folder.resolve("evil.html")).split("<script>", -1).length - 1);
    }

    @Test
    void attentionIsDrawnOverTheImagesThatTheModelSees() throws IOException {
        Path page = folder.resolve("attention.png");
        String told = Selfsup.call("attention", config, checkpoint, "--num-images", 2, "--head", "all", "--out", page)
                .succeeded()
                .out();
        assertTrue(told.contains("attention of layer 1 of 2 on 2 images"), told);
        BufferedImage drawn = ImageIO.read(page.toFile());
        assertEquals(12 + 5 * (168 + 12), drawn.getWidth(), "the image, the mean, and three heads");
        // The image has no colour, what is drawn over it has.
        int grey = drawn.getRGB(90, 90);
        assertTrue((grey >> 16 & 0xff) == (grey >> 8 & 0xff) && (grey & 0xff) == (grey >> 8 & 0xff));
        int coloured = drawn.getRGB(90 + 180, 90);
        assertFalse((coloured >> 16 & 0xff) == (coloured >> 8 & 0xff) && (coloured & 0xff) == (coloured >> 8 & 0xff));
        Path other = folder.resolve("other.png");
        Selfsup.call(
                        "attention",
                        config,
                        checkpoint,
                        "--num-images",
                        2,
                        "--head",
                        "all",
                        "--layer",
                        0,
                        "--token",
                        "1,2",
                        "--out",
                        other)
                .succeeded();
        assertFalse(Arrays.equals(Files.readAllBytes(page), Files.readAllBytes(other)));
        assertEquals(
                "--head 3: expected a head from 0 to 2, or all",
                Selfsup.call("attention", config, checkpoint, "--head", 3, "--out", page)
                        .refused());
        assertEquals(
                "--layer 2: expected a layer from 0 to 1, or from the end, -1 to -2",
                Selfsup.call("attention", config, checkpoint, "--layer", 2, "--out", page)
                        .refused());
        assertEquals(
                "--token: expected ROW,COLUMN of one of 4 x 4 patches, from 0,0",
                Selfsup.call("attention", config, checkpoint, "--token", "4,0", "--out", page)
                        .refused());
    }

    @Test
    void aBackboneOfAnotherDepthOrWidthIsRefusedWithTheNames() throws IOException {
        String deeper = Selfsup.call(
                        "extract",
                        config,
                        checkpoint,
                        "--out",
                        folder.resolve("x.npz"),
                        "--cfg-options",
                        "model.backbone.arch.num_layers=3")
                .refused();
        assertTrue(
                deeper.contains("does not fit the backbone") && deeper.contains("missing in the file: layers.2."),
                deeper);
        String shallower = Selfsup.call(
                        "extract",
                        config,
                        checkpoint,
                        "--out",
                        folder.resolve("x.npz"),
                        "--cfg-options",
                        "model.backbone.arch.num_layers=1")
                .refused();
        assertTrue(shallower.contains("unexpected in the file: layers.1."), shallower);
    }

    @Test
    void refusesWhatItCanNotWriteOrFind() {
        assertTrue(Selfsup.call("extract", config, checkpoint, "--out", folder.resolve("x.csv"))
                .refused()
                .contains(".npz, .safetensors or .parquet"));
        assertEquals(
                "the config has no dataset data.val. It has [data.train, evaluation.evaluator.bank, evaluation.evaluator.queries]",
                Selfsup.call("extract", config, checkpoint, "--data", "val", "--out", folder.resolve("x.npz"))
                        .refused());
    }

    private static final String EVALUATION = """
            evaluation:
              evaluator:
                type: KnnEvaluator
                k: [5]
                standardise: false
                bank: {type: SingleViewDataset, data_source: {type: FashionMNIST, data_prefix: FOLDER}, pipeline: '${x-pipeline}'}
                queries: {type: SingleViewDataset, data_source: {type: FashionMNIST, data_prefix: FOLDER, test_mode: true}, pipeline: '${x-pipeline}'}
            """;
}
