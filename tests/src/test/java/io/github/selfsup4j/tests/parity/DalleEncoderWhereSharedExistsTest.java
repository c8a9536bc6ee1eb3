package io.github.selfsup4j.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.model.Tokenizer;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.registry.ComponentScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tokenizer at the smallest size that the reference allows; its weights are too large to be part of this project.
 */
class DalleEncoderWhereSharedExistsTest {
    private static final Path SHARED = Path.of("../../shared/golden/standalone");

    @TempDir
    Path folder;

    @Test
    void logitsAndTokensEqualTheReference() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "the reference values are not here");
        Path config = Files.writeString(
                folder.resolve("tokenizer.yaml"),
                "tokenizer: {type: DALLEEncoder, n_hid: 64, vocab_size: 512, n_blk_per_group: 1}\n");
        Problems problems = new Problems();
        MapNode root = ConfigReader.read(config, List.of(), Map.of(), problems).root();
        ComponentPlan plan = new Planner(ComponentScanner.scan(List.of()), problems)
                .plan(root.get("tokenizer").orElseThrow(), Tokenizer.class)
                .orElseThrow();
        Map<String, HostTensor> reference = Npz.read(SHARED.resolve("dalle_encoder.npz"));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            Tokenizer tokenizer = new ComponentFactory(
                            binder -> binder.bind(Kernels.class).toInstance(kernels))
                    .build(plan, Tokenizer.class);
            tokenizer.layer().initialize(manager);
            Path weights = SHARED.resolve("dalle_encoder_weights.pth");
            StateLoader.loadStrictly(tokenizer, StateDicts.load(weights), weights.toString());

            Map<String, HostTensor> recorded = new LinkedHashMap<>();
            NDArray images = manager.create(
                    reference.get("img").toFloats(),
                    new Shape(reference.get("img").shape()));
            NDArray some = manager.create(new long[] {0, 5, 15, 1, 2, 3}, new Shape(2, 3));
            Pass pass = Pass.training(manager, Draws.from(RandomStream.of(0)))
                    .recordingTo((name, array) -> recorded.put(name, StateLoader.toHost(array)));
            long[] tokens = tokenizer.tokenize(images, some, pass).toLongArray();

            assertArrayEquals(
                    reference.get("logits").toFloats(),
                    recorded.get("tokenizer_logits").toFloats(),
                    1e-5f);
            long[] every = recorded.get("target_ids").toLongs();
            assertEquals(
                    List.of(every[0], every[5], every[15], every[17], every[18], every[19]),
                    List.of(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4], tokens[5]));
        }
    }
}
