package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code export}, read by plain DJL, against what the reference gives; and by PyTorch where it is installed. */
class ExportTest {
    /** A recorded case of the reference and the name of its images. */
    static List<Arguments> cases() {
        return List.of(
                Arguments.of("byol_schedule", "img_0"),
                Arguments.of("cls_vit_schedule", "img"),
                Arguments.of("cls_vit_relative_positions", "img"),
                Arguments.of("cls_mocov3_linear", "img"),
                Arguments.of("cls_resnet18_linear", "img"));
    }

    @TempDir
    Path folder;

    private static Path parity(String name) {
        return Path.of("src/test/resources/parity", name);
    }

    private Path export(String name, String... options) {
        Path out = folder.resolve(name + ".pt");
        Object[] arguments = Stream.concat(
                        Stream.of(
                                "export",
                                parity(name).resolve("config.json"),
                                parity(name).resolve("weights.pth"),
                                "--out",
                                out),
                        Stream.of(options))
                .toArray();
        Selfsup.call(arguments).succeeded();
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void featuresEqualTheReference(String name, String images) throws Exception {
        Path file = export(name, "--normalized");
        Map<String, HostTensor> expected = Npz.read(parity(name).resolve("eval.npz"));
        List<float[]> found =
                run(file, Npz.read(parity(name).resolve("inputs.npz")).get(images));
        assertEquals(
                expected.keySet().stream()
                        .filter(key -> key.startsWith("extract."))
                        .count(),
                found.size());
        for (int i = 0; i < found.size(); i++) {
            float[] reference = expected.get("extract." + i).toFloats();
            assertArrayEquals(reference, found.get(i), 1e-5f * Math.max(1, largest(reference)));
        }
    }

    @Test
    void imagesInUnitRangeAreNormalisedInside() throws Exception {
        HostTensor given = Npz.read(parity("cae").resolve("inputs.npz")).get("img");
        HostTensor normalised = Npz.read(parity("cae").resolve("outputs.npz")).get("img_normalized");
        List<float[]> inside = run(export("cae"), given);
        List<float[]> outside = run(export("cae", "--normalized"), normalised);
        assertArrayEquals(outside.get(0), inside.get(0), 1e-5f * largest(outside.get(0)));
    }

    @Test
    void thePipelinesNormalisationGoesInside() throws Exception {
        Path config = Files.writeString(
                folder.resolve("mae.yaml"),
                "_base_: " + parity("mae_norm_pix").toAbsolutePath().resolve("config.json") + """

                data:
                  train:
                    type: SingleViewDataset
                    data_source: {type: RandomImages}
                    pipeline: [{type: ToTensor}, {type: Normalize, mean: [0.1, 0.2, 0.3], std: [0.5, 0.6, 0.7]}]
                """);
        Path file = folder.resolve("scaled.pt");
        String told = Selfsup.call("export", config, parity("mae_norm_pix").resolve("weights.pth"), "--out", file)
                .succeeded()
                .out();
        assertTrue(
                told.contains("MAEViT, images (3, 3, 32, 32) in [0, 1] -> (3, 17, 24)")
                        && told.contains("mean [0.1, 0.2, 0.3], std [0.5, 0.6, 0.7]"),
                told);
        HostTensor unit = Npz.read(parity("cae").resolve("inputs.npz")).get("img");
        float[] scaled = unit.toFloats();
        for (int i = 0; i < scaled.length; i++) {
            int channel = i / (32 * 32) % 3;
            scaled[i] = (scaled[i] - 0.1f * (channel + 1)) / (0.5f + 0.1f * channel);
        }
        float[] expected = run(export("mae_norm_pix", "--normalized"), HostTensor.of(scaled, unit.shape()))
                .get(0);
        assertArrayEquals(expected, run(file, unit).get(0), 1e-5f * largest(expected));
    }

    @Test
    void aCheckpointOfAnotherBackboneIsRefusedWithTheNames() {
        String deeper = Selfsup.call(
                        "export",
                        parity("cls_vit_schedule").resolve("config.json"),
                        parity("cls_vit_cutmix").resolve("weights.pth"),
                        "--out",
                        folder.resolve("a.pt"))
                .refused();
        assertTrue(deeper.contains("missing in the file: ") && deeper.contains("layers.1.ln1.weight"), deeper);
        String wider = Selfsup.call(
                        "export",
                        parity("mae_norm_pix").resolve("config.json"),
                        parity("cae").resolve("weights.pth"),
                        "--out",
                        folder.resolve("a.pt"))
                .refused();
        assertTrue(wider.contains("cls_token ([1, 1, 36] in the file, (1, 1, 24) in the model)"), wider);
        assertTrue(Files.notExists(folder.resolve("a.pt")));
    }

    @Test
    void aBackboneThatSeesNoPicturesIsRefused() {
        String edges = Selfsup.call(
                        "export",
                        parity("cls_resnet_finetune").resolve("config.json"),
                        parity("cls_resnet_finetune").resolve("weights.pth"),
                        "--out",
                        folder.resolve("a.pt"))
                .refused();
        assertTrue(edges.contains("takes 2 channels"), edges);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pyTorchGivesTheSameWhereItIsInstalled(String name, String images) throws Exception {
        assumeTrue(python("import torch, numpy") == 0, "no python3 with torch and numpy");
        Path reference = parity(name).toAbsolutePath();
        assertEquals(
                0,
                python(String.join(
                        "\n",
                        "import torch, numpy as np",
                        "module = torch.jit.load(r'" + export(name, "--normalized") + "')",
                        "images = torch.from_numpy(np.load(r'" + reference.resolve("inputs.npz") + "')['" + images
                                + "'])",
                        "features = module(images)",
                        "features = features if isinstance(features, tuple) else (features,)",
                        "expected = np.load(r'" + reference.resolve("eval.npz") + "')",
                        "for i, found in enumerate(features):",
                        "    wanted = torch.from_numpy(expected['extract.%d' % i])",
                        "    assert found.shape == wanted.shape and (found - wanted).abs().max() <= 1e-5 * max(1, wanted.abs().max())",
                        "names = set(torch.load(r'" + reference.resolve("weights.pth") + "'))",
                        "assert all('backbone.' + name in names for name in module.state_dict())",
                        "assert not module.training")),
                () -> read("python.txt"));
    }

    /** @return 0 if one of the usual interpreters runs the program without an error */
    private int python(String program) throws InterruptedException {
        int exitCode = -1;
        for (String interpreter : List.of("python3", "/usr/bin/python3")) {
            try {
                exitCode = exitCode == 0
                        ? 0
                        : new ProcessBuilder(interpreter, "-c", program)
                                .redirectErrorStream(true)
                                .redirectOutput(folder.resolve("python.txt").toFile())
                                .start()
                                .waitFor();
            } catch (IOException none) {
                exitCode = -1;
            }
        }
        return exitCode;
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<float[]> run(Path file, HostTensor images) throws Exception {
        try (Model model = Model.newInstance("exported", "PyTorch");
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            model.load(file.getParent(), file.getFileName().toString().replace(".pt", ""));
            try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                NDList features =
                        predictor.predict(new NDList(manager.create(images.toFloats(), new Shape(images.shape()))));
                return features.stream().map(array -> array.toFloatArray()).toList();
            }
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
