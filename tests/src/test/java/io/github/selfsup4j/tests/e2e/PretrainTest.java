package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.github.selfsup4j.SelfsupModel;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.tools.features.FeatureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainTest {
    private static final long PATIENCE_SECONDS = 240;

    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private Selfsup.Result pretrain(Path pictures, Object... options) {
        return Selfsup.call(Stream.concat(
                        Stream.of("pretrain", pictures, "--out", out(), "--size", "tiny", "--device", "cpu"),
                        Stream.of(options))
                .toArray());
    }

    private String report() throws IOException {
        return Files.readString(out().resolve("report.html"));
    }

    @Test
    void givesBackboneEmbeddingsAndReportOfAFolderOfClasses() throws Exception {
        Path pictures = PictureFolder.inClasses(folder.resolve("pictures"), 20);
        Files.writeString(pictures.resolve("bars/damaged.png"), "no picture");
        Files.writeString(pictures.resolve("notes.txt"), "no picture either");
        pretrain(pictures, "--hours", "0.001").succeeded();

        Selfsup.call("check", out().resolve("config.yaml")).succeeded();
        FeatureTable embeddings = FeatureFile.read(out().resolve("embeddings.npz"));
        assertEquals(60, embeddings.size());
        assertEquals(192, embeddings.dim());
        assertEquals(List.of("bars", "boxes", "discs"), embeddings.classes());
        assertArrayEquals(
                new long[] {20, 20, 20}, new long[] {count(embeddings, 0), count(embeddings, 1), count(embeddings, 2)});
        assertArrayEquals(
                embeddings.values(),
                FeatureFile.read(out().resolve("embeddings.parquet")).values());
        assertRuns(out().resolve("backbone.pt"), 64, new Shape(2, 65, 192));
        assertTrue(StateDicts.load(out().resolve("backbone.pth")).containsKey("layers.5.attn.qkv.weight"));

        String report = report();
        assertSelfContained(report);
        for (String section :
                List.of("curves", "reconstructions", "map", "neighbours", "use", "damaged", "environment", "config")) {
            assertTrue(report.contains("<section id=\"" + section + "\">"), section);
        }
        assertEquals(3, report.split("<svg class=\"chart\"", -1).length - 1, "loss, learning rate, kNN");
        assertTrue(
                report.contains("1 pictures could not be read") && report.contains("damaged.png"),
                "the damaged picture is told");
        assertTrue(
                report.contains("<b>60</b><span>pictures</span>")
                        && report.contains("<b>3</b><span>sub-folders as classes</span>"),
                "the tiles");
        assertTrue(report.contains("type: PatchKMeansTokenizer"), "the effective config");

        long epochs = epochsTrained();
        pretrain(pictures, "--hours", "0.001").succeeded();
        assertEquals(epochs, epochsTrained(), "a run that is over is not trained again");
        String refused =
                pretrain(pictures, "--hours", "0.001", "--method", "mae").refused();
        assertTrue(refused.contains("holds a run with --method cae, now it is --method mae"), refused);
    }

    @Test
    void maeShowsReconstructionsOfAFewPicturesWithoutClasses() throws Exception {
        pretrain(PictureFolder.flat(folder.resolve("pictures"), 12), "--method", "mae", "--epochs", 2)
                .succeeded();
        String report = report();
        assertSelfContained(report);
        assertTrue(report.contains("id=\"reconstructions\"")
                && report.contains("id=\"map\"")
                && !report.contains("id=\"damaged\""));
        assertEquals(2, report.split("<svg class=\"chart\"", -1).length - 1, "no kNN without classes");
        assertTrue(
                Arrays.stream(FeatureFile.read(out().resolve("embeddings.npz")).labels())
                        .allMatch(label -> label == -1));
        assertTheCheckpointEmbedsAPictureEqually();
        assertRuns(out().resolve("backbone.pt"), 64, new Shape(2, 65, 192));
    }

    @Test
    void byolPretrainsAResNet() throws Exception {
        pretrain(
                        PictureFolder.flat(folder.resolve("pictures"), 10),
                        "--method",
                        "byol",
                        "--epochs",
                        1,
                        "--batch-size",
                        4)
                .succeeded();
        assertFalse(report().contains("id=\"reconstructions\""));
        assertTrue(
                Files.readString(out().resolve("config.yaml")).contains("lr: 0.001875,"),
                "0.12 for 256 pictures is 0.001875 for 4");
        assertRuns(out().resolve("backbone.pt"), 64, new Shape(2, 512, 2, 2));
        assertTheCheckpointEmbedsAPictureEqually();
    }

    @Test
    void anInterruptedRunGoesOn() throws Exception {
        PictureFolder.flat(folder.resolve("pictures"), 16);
        String[] command = {
            "pretrain",
            "pictures",
            "--out",
            "out",
            "--method",
            "mae",
            "--size",
            "tiny",
            "--epochs",
            "40",
            "--device",
            "cpu"
        };
        Process process = Selfsup.start(folder, command);
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!Files.readString(folder.resolve("stdout.txt")).contains("Epoch [3]")
                && process.isAlive()
                && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        process.destroy();
        process.waitFor();
        String begun = Files.readString(folder.resolve("stdout.txt"));
        Matcher interrupted =
                Pattern.compile("interrupted after iteration (\\d+)").matcher(begun);
        assertTrue(interrupted.find(), begun + Files.readString(folder.resolve("stderr.txt")));
        assertTrue(Files.notExists(out().resolve("report.html")));

        String second = Selfsup.run(folder, command).succeeded().out();
        assertTrue(
                second.contains("holds a run that was begun: going on with it") && second.contains("resuming from"),
                second);
        assertFalse(second.contains("Epoch [1]"), "what was trained is not trained again");
        assertTrue(second.contains("Epoch [40]"), second);
        assertTrue(report().contains("<b>40</b><span>epochs</span>"));
    }

    @Test
    void refusesFoldersWithoutPictures() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty/below"));
        String refused = pretrain(empty.getParent()).refused();
        assertTrue(
                refused.startsWith("there are no pictures in " + empty.getParent() + " nor in the folders below it"),
                refused);
        assertEquals(
                "there is no folder " + folder.resolve("none"),
                pretrain(folder.resolve("none")).refused());
        assertTrue(Files.notExists(out()), "nothing is made");
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("a.jpg"), "no picture");
        refused = pretrain(damaged).refused();
        assertTrue(
                refused.contains("of 1 pictures in " + damaged + " 0 can be read") && refused.contains("a.jpg"),
                refused);
    }

    private void assertTheCheckpointEmbedsAPictureEqually() throws Exception {
        FeatureTable embeddings = FeatureFile.read(out().resolve("embeddings.npz"));
        try (Predictor<Image, float[]> predictor = SelfsupModel.load(out().resolve("run/latest.pth"))) {
            float[] embedding = predictor.predict(ImageFactory.getInstance()
                    .fromFile(Path.of(embeddings.paths().get(3))));
            assertArrayEquals(embeddings.select(new int[] {3}).values(), embedding, 1e-5f);
        }
    }

    private static long count(FeatureTable table, long label) {
        return Arrays.stream(table.labels()).filter(found -> found == label).count();
    }

    private long epochsTrained() throws IOException {
        long epochs = 0;
        try (Stream<Path> files = Files.list(out().resolve("run"))) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log.json")).toList()) {
                epochs += Files.readAllLines(log).stream()
                        .filter(line -> line.contains("\"mode\": \"train\"") || line.contains("\"mode\":\"train\""))
                        .count();
            }
        }
        assertTrue(epochs > 0);
        return epochs;
    }

    /** Nothing is fetched from anywhere: no addresses but those of data, and of SVG's own namespace. */
    private static void assertSelfContained(String report) {
        assertFalse(Pattern.compile("(src|href|action|data)\\s*=\\s*[\"']?(?!data:)[a-z]*:?//")
                .matcher(report)
                .find());
        assertFalse(Pattern.compile("https?://").matcher(report).find());
        assertFalse(report.contains("{{"), "every place is filled");
    }

    private static void assertRuns(Path file, int side, Shape expected) throws Exception {
        try (Model model = Model.newInstance("backbone", "PyTorch");
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            model.load(file.getParent(), "backbone");
            NDArray images = manager.randomUniform(0, 1, new Shape(2, 3, side, side));
            assertEquals(
                    expected,
                    model.newPredictor(new NoopTranslator())
                            .predict(new NDList(images))
                            .singletonOrThrow()
                            .getShape());
        }
    }
}
