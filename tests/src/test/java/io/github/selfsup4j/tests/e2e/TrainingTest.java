package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CLOCK_AND_MEMORY = Set.of("time", "data_time", "memory");

    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
    }

    private Selfsup.Result train(String workDir, String... options) throws IOException, InterruptedException {
        return Selfsup.run(folder, arguments(workDir, options));
    }

    private static String[] arguments(String workDir, String... options) {
        return Stream.concat(
                        Stream.of("train", "small.yaml", "--work-dir", workDir, "--device", "cpu"), Stream.of(options))
                .toArray(String[]::new);
    }

    private Map<String, HostTensor> weights(String workDir) throws IOException {
        return PthFile.read(folder.resolve(workDir).resolve("latest.pth")).asTensors("state_dict");
    }

    private List<JsonNode> logged(String workDir) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (Path file : files(workDir, ".log.json")) {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = JSON.readTree(line);
                if (node.has("loss")) {
                    lines.add(((ObjectNode) node).remove(CLOCK_AND_MEMORY));
                }
            }
        }
        return lines;
    }

    private List<Path> files(String workDir, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(workDir))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRunLogsWritesCheckpointsAndLearns() throws IOException, InterruptedException {
        Selfsup.Result result = train("run").succeeded();
        assertTrue(result.out().contains("Epoch [2][10/10]"), result.out());
        List<JsonNode> lines = logged("run");
        assertEquals(10, lines.size());
        assertTrue(
                lines.get(9).get("loss").asDouble()
                        < 0.9 * lines.get(0).get("loss").asDouble(),
                lines.toString());
        assertEquals(1, files("run", ".log").size());
        Tree checkpoint = PthFile.read(folder.resolve("run/latest.pth"));
        assertEquals(20, checkpoint.asLong("meta", "iter"));
        assertTrue(checkpoint.asTensors("state_dict").containsKey("backbone.layers.1.attn.qkv.weight"));
        assertTrue(checkpoint.asText("meta", "config").contains("CAEViT"));
    }

    @Test
    void theSameSeedGivesTheSameNumbersWithAnyNumberOfWorkers() throws IOException, InterruptedException {
        train("a").succeeded();
        train("b", "--cfg-options", "data.workers_per_gpu=4").succeeded();
        train("c", "--cfg-options", "data.workers_per_gpu=0").succeeded();
        train("d", "--seed", "4").succeeded();
        assertEquals(logged("a"), logged("b"));
        assertEquals(weights("a"), weights("b"));
        assertEquals(weights("a"), weights("c"));
        assertFalse(weights("a").equals(weights("d")));
    }

    @Test
    void aRunIsResumedFromANamedCheckpoint() throws IOException, InterruptedException {
        train("whole", "--cfg-options", "checkpoint_config.max_keep_ckpts=-1").succeeded();
        train("rest", "--resume-from", "whole/iter_14.pth").succeeded();
        assertEquals(weights("whole"), weights("rest"));
    }

    @Test
    void weightsOfACheckpointStartAnotherRunAndSayWhatFits() throws IOException, InterruptedException {
        train("first").succeeded();
        Selfsup.Result other = train(
                        "second",
                        "--load-from",
                        "first/latest.pth",
                        "--cfg-options",
                        "model.neck.decoder_depth=2",
                        "model.neck.mlp_ratio=3")
                .succeeded();
        assertTrue(
                other.out().contains("matched")
                        && other.out().contains("missing in the file")
                        && other.out().contains("neck.decoders.1")
                        && other.out().contains("of another shape"),
                other.out());
    }

    /** Weights after one iteration that changes nothing but the teacher, which follows. */
    private Map<String, HostTensor> weightsAtTheStart(String workDir, int seed, String... options)
            throws IOException, InterruptedException {
        String[] standing = {
            "optimizer.lr=0",
            "lr_config=null",
            "custom_hooks=[]",
            "checkpoint_config.interval=1",
            "runner={type: IterBasedRunner, max_iters: 1, _delete_: true}"
        };
        train(
                        workDir,
                        Stream.of(new String[] {"--seed", String.valueOf(seed), "--cfg-options"}, standing, options)
                                .flatMap(Stream::of)
                                .toArray(String[]::new))
                .succeeded();
        return weights(workDir);
    }

    @Test
    void aBackboneStartsWithPretrainedWeights() throws IOException, InterruptedException {
        Map<String, HostTensor> trained = weightsAtTheStart("first", 1);
        Map<String, HostTensor> started = weightsAtTheStart(
                "second",
                2,
                "model.backbone.init_cfg={type: Pretrained, checkpoint: first/latest.pth, prefix: backbone.}");
        assertEquals(
                StateDicts.withPrefix(trained, "backbone.", "first"),
                StateDicts.withPrefix(started, "backbone.", "second"));
        assertNotEquals(trained.get("neck.head.weight"), started.get("neck.head.weight"));
    }

    @Test
    void namesOfLoadedWeightsAreRevised() throws IOException, InterruptedException {
        Map<String, HostTensor> renamed = new LinkedHashMap<>();
        Map<String, HostTensor> trained = weightsAtTheStart("first", 1);
        trained.forEach((name, tensor) -> renamed.put(
                "module." + name.replaceFirst("^backbone", "encoder"),
                HostTensor.of(new float[tensor.size()], tensor.shape())));
        PthFile.write(
                folder.resolve("foreign.pth"),
                Tree.mapping().put("model", Tree.stateDict(renamed)).build());
        Map<String, HostTensor> started = weightsAtTheStart(
                "second", 2, "load_from=foreign.pth", "revise_keys=[['^module.', ''], ['^encoder', backbone]]");
        assertEquals(
                renamed.get("module.encoder.layers.0.attn.proj.weight"),
                started.get("backbone.layers.0.attn.proj.weight"));
    }

    @Test
    void weightsOfWhichNothingFitsAreRefused() throws IOException, InterruptedException {
        PthFile.write(
                folder.resolve("foreign.pth"),
                Tree.stateDict(Map.of("fc.weight", HostTensor.of(new float[] {1, 2}, 2))));
        Selfsup.Result result = train("run", "--load-from", "foreign.pth").failedWith(2);
        assertTrue(result.err().contains("nothing in foreign.pth fits the model"), result.err());
    }
}
