package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.tools.svm.AveragePrecision;
import io.github.selfsup4j.tools.svm.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code knn}, {@code linear} and {@code svm} on features of a small network on the embedded images, and on features
 * that are known.
 */
class FrozenBenchmarksTest {
    @TempDir
    static Path folder;

    private static Path config;

    @BeforeAll
    static void write() throws IOException {
        config = Files.writeString(folder.resolve("probe.yaml"), CONFIG);
    }

    private static JsonNode json(Object... arguments) throws IOException {
        Path file = folder.resolve("result.json");
        Object[] all = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--json";
        all[arguments.length + 1] = file;
        Selfsup.call(all).succeeded();
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void knnIsTheEvaluatorsAndTheLinearProbeIsBetter() throws IOException, InterruptedException {
        String log = Selfsup.run(folder, "train", config.toString(), "--work-dir", "run")
                .succeeded()
                .out();
        Matcher evaluated =
                Pattern.compile("knn_top1: ([0-9.]+), knn_top5: ([0-9.]+)").matcher(log);
        assertTrue(evaluated.find(), log);
        // Evaluated before training: the network with the weights that its seed gives.
        JsonNode knn = json("knn", config, "random", "--standardise", "--num-knn", 20, "--seed", 5);
        assertEquals(
                Double.parseDouble(evaluated.group(1)), knn.get(0).get("top1").asDouble(), 0.05);
        assertEquals(
                Double.parseDouble(evaluated.group(2)), knn.get(0).get("top5").asDouble(), 0.05);

        Path train = folder.resolve("train.npz");
        Path test = folder.resolve("test.npz");
        Selfsup.call("extract", config, "random", "--seed", 5, "--data", "evaluation.evaluator.bank", "--out", train)
                .succeeded();
        Selfsup.call("extract", config, "random", "--seed", 5, "--data", "evaluation.evaluator.queries", "--out", test)
                .succeeded();
        JsonNode again = json("knn", train, test, "--standardise", "--num-knn", "20,200", "--temperature", 0.07, 1);
        assertEquals(4, again.size());
        assertEquals(knn.get(0).get("top1").asDouble(), again.get(0).get("top1").asDouble(), 0.05);
        JsonNode linear = json("linear", train, test, "--l2", "1e-4");
        assertTrue(linear.get("top1").asDouble() > knn.get(0).get("top1").asDouble(), linear + " against " + knn);
        JsonNode sgd = json("linear", train, test, "--l2", "1e-4", "--optimizer", "sgd", "--max-iter", 20);
        assertTrue(sgd.get("top1").asDouble() > 60, sgd.toString());
    }

    /** Classes along axes of their own; two classes in some images. */
    private static void separable(String name, int size) throws IOException {
        Random random = new Random(size);
        float[] rows = new float[size * 4];
        long[] labels = new long[size];
        float[] targets = new float[size * 4];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 4;
            for (int j = 0; j < 4; j++) {
                boolean there = j == labels[i] || (i % 8 == 0 && j == (labels[i] + 1) % 4);
                rows[4 * i + j] = (there ? 3 : 0) + 0.2f * (float) random.nextGaussian();
                targets[4 * i + j] = there ? 1 : i % 50 == 1 ? -1 : 0;
            }
        }
        Npz.write(
                folder.resolve(name + ".npz"),
                Map.of("features", HostTensor.of(rows, size, 4), "labels", HostTensor.of(labels, size)));
        Npz.write(folder.resolve(name + "-targets.npz"), Map.of("targets", HostTensor.of(targets, size, 4)));
    }

    @Test
    void svmFindsClassesThatAreApart() throws IOException {
        separable("a", 400);
        separable("b", 200);
        Path a = folder.resolve("a.npz");
        Path b = folder.resolve("b.npz");
        JsonNode full = json(
                "svm",
                a,
                b,
                "--train-targets",
                folder.resolve("a-targets.npz"),
                "--test-targets",
                folder.resolve("b-targets.npz"));
        assertEquals(100, full.get("map").asDouble(), 1e-6);
        assertEquals(4, full.get("classes").size());
        JsonNode few = json("svm", a, b, "--shots", 1, 8, "--repeats", 3, "--costs", "1,10");
        assertEquals(2, few.get("low_shot").size());
        JsonNode eight = few.get("low_shot").get(1);
        assertEquals(8, eight.get("k").asInt());
        assertTrue(eight.get("mean").asDouble() > 90, eight.toString());
        assertTrue(eight.get("min").asDouble() <= eight.get("mean").asDouble()
                && eight.get("mean").asDouble() <= eight.get("max").asDouble());
    }

    @Test
    void aDatasetConfigBringsImagesAndWhereToSplitThem() throws IOException {
        Path images = Files.writeString(folder.resolve("images.yaml"), """
                split_at: [1600]
                data:
                  extract:
                    type: SingleViewDataset
                    data_source: {type: FashionMNIST, test_mode: true}
                    pipeline: [{type: Pad, padding: 2}, {type: ToTensor}]
                """);
        JsonNode svm = json("svm", config, "random", "--dataset-config", images, "--costs", 10);
        assertEquals(10, svm.get("classes").size());
        assertTrue(svm.get("map").asDouble() > 30 && svm.get("map").asDouble() < 95, svm.toString());
        JsonNode knn = json("knn", config, "random", "--dataset-config", images, "--num-knn", 5);
        assertTrue(knn.get(0).get("top1").asDouble() > 30, knn.toString());
        assertEquals(
                "--num-knn has 2000, but there are only 1600 images to learn from",
                Selfsup.call("knn", config, "random", "--dataset-config", images, "--num-knn", 2000)
                        .refused());
    }

    @Test
    void vocsListsTellWhichClassesAreInAnImage() throws IOException {
        Path lists = Files.createDirectories(folder.resolve("VOC2007/ImageSets/Main"));
        Files.writeString(lists.resolve("cat_trainval.txt"), "000001  1\n000002 -1\n000003  0\n");
        Files.writeString(lists.resolve("dog_trainval.txt"), "000001  1\n000002  1\n000003 -1\n");
        Targets targets = Targets.ofVoc(folder.resolve("VOC2007"), List.of("x/000003.jpg", "000001.jpg"));
        assertEquals(List.of("cat", "dog"), targets.classes());
        assertEquals("[-1, 0][1, 1]", Arrays.toString(targets.values()[0]) + Arrays.toString(targets.values()[1]));
    }

    @Test
    void averagePrecisionIsTheAreaUnderTheFallingCurve() {
        // Ranks 1, 3 and 4 of five are right: precisions 1, 2/3, 3/4, of which 2/3 is raised to 3/4.
        assertEquals(
                (1 + 0.75 + 0.75) / 3,
                AveragePrecision.of(new double[] {5, 4, 3, 2, 1}, new int[] {1, 0, 1, 1, 0}),
                1e-12);
        assertEquals(1, AveragePrecision.of(new double[] {5, 4, 3}, new int[] {-1, 1, 0}), 1e-12);
    }

    @Test
    void imagesWithoutLabelsAreRefused() throws IOException {
        Path file = folder.resolve("none.npz");
        Npz.write(file, Map.of("features", HostTensor.of(new float[] {1, 2}, 2, 1)));
        assertTrue(
                Selfsup.call("knn", file, file).refused().startsWith("2 of the 2 images to learn from have no label"));
        assertTrue(Selfsup.call("linear", file, file)
                .refused()
                .startsWith("2 of the 2 images to learn from have no label"));
        assertTrue(
                Selfsup.call("svm", file, file).refused().startsWith("2 of the 2 images to learn from have no label"));
    }

    private static final String CONFIG = """
            x-pipeline: [{type: Pad, padding: 2}, {type: ToTensor}]
            model:
              type: MAE
              backbone:
                type: MAEViT
                arch: {embed_dims: 48, num_layers: 2, num_heads: 3, feedforward_channels: 96}
                img_size: 32
                patch_size: 8
              neck: {type: MAEPretrainDecoder, num_patches: 16, patch_size: 8, embed_dim: 48, decoder_embed_dim: 16, decoder_depth: 1, decoder_num_heads: 2}
              head: {type: MAEPretrainHead, norm_pix: true, patch_size: 8}
            data:
              samples_per_gpu: 200
              train: {type: SingleViewDataset, data_source: {type: FashionMNIST, test_mode: true}, pipeline: '${x-pipeline}'}
            optimizer: {type: AdamW, lr: 1.0e-5}
            runner: {type: EpochBasedRunner, max_epochs: 1}
            log_config: {hooks: [{type: TextLoggerHook}]}
            checkpoint_config: {interval: 1}
            seed: 5
            evaluation:
              start: 0
              interval: 5
              evaluator:
                type: KnnEvaluator
                k: [20]
                bank: {type: SingleViewDataset, data_source: {type: FashionMNIST}, pipeline: '${x-pipeline}'}
                queries: {type: SingleViewDataset, data_source: {type: FashionMNIST, test_mode: true}, pipeline: '${x-pipeline}'}
            """;
}
