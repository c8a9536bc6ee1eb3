package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files as large as the published ones go through every command that reads them. Takes 4 GB of disk and 6 GB of memory:
 * {@code mvn verify -Pofficial -pl tests -am}.
 */
@Tag("official")
class OfficialFilesTest {
    private static final String CONFIG = "configs/selfsup/cae/cae_vit-base-p16_8xb256-fp16-coslr-300e_in1k.yaml";

    @TempDir
    Path folder;

    private Map<String, HostTensor> writeCheckpoint(String file) throws IOException {
        Map<String, HostTensor> weights = OfficialState.weights(OfficialState.cae());
        PthFile.write(
                folder.resolve(file),
                Tree.mapping()
                        .put("meta", Tree.mapping().put("epoch", 300).build())
                        .put("state_dict", Tree.stateDict(weights))
                        .build());
        return weights;
    }

    /** One step that changes nothing, then the checkpoint's weights. */
    private Map<String, HostTensor> weightsOfARun(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("train", Selfsup.root().resolve(CONFIG).toString(), "--work-dir", "run", "--device", "cpu"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(
                "data.samples_per_gpu=1",
                "data.workers_per_gpu=1",
                "data.train.data_source={type: RandomImages, size: 1, _delete_: true}",
                "runner={type: IterBasedRunner, max_iters: 1, _delete_: true}",
                "optimizer.lr=0",
                "lr_config=null",
                "checkpoint_config={interval: 1, by_epoch: false, save_optimizer: false, _delete_: true}"));
        Selfsup.runWith("-Xmx3g", folder, arguments.toArray(String[]::new)).succeeded();
        return PthFile.read(folder.resolve("run/latest.pth")).asTensors("state_dict");
    }

    @Test
    void convertAndExtractBackboneKeepEveryWeight() throws IOException, InterruptedException {
        Map<String, HostTensor> weights = writeCheckpoint("cae.pth");
        Selfsup.runWith("-Xmx64m", folder, "convert", "cae.pth", "cae.safetensors")
                .succeeded();
        assertEquals(
                weights, Safetensors.read(folder.resolve("cae.safetensors")).tensors());
        Selfsup.runWith("-Xmx64m", folder, "extract-backbone", "cae.pth", "backbone.pth")
                .succeeded();
        assertEquals(
                StateDicts.withPrefix(weights, "backbone.", "cae.pth"),
                PthFile.read(folder.resolve("backbone.pth")).asTensors("state_dict"));
    }

    @Test
    void aRunStartsFromTheWholeCheckpoint() throws IOException, InterruptedException {
        Map<String, HostTensor> weights = writeCheckpoint("cae.pth");
        Map<String, HostTensor> trained = weightsOfARun("--load-from", "cae.pth", "--cfg-options");
        weights.forEach((name, tensor) -> {
            if (!name.startsWith("teacher.")) {
                assertEquals(tensor, trained.get(name), name);
            }
        });
    }

    @Test
    void aRunStartsFromTheBackboneAndTheTokenizersOwnFile() throws IOException, InterruptedException {
        Map<String, HostTensor> weights = writeCheckpoint("cae.pth");
        Map<String, HostTensor> tokenizer = OfficialState.weights(OfficialState.dalleEncoder());
        PthFile.write(folder.resolve("dalle_encoder.pth"), Tree.stateDict(tokenizer));
        Map<String, HostTensor> trained = weightsOfARun(
                "--cfg-options",
                "model.head.tokenizer_path=dalle_encoder.pth",
                "model.backbone.init_cfg={type: Pretrained, checkpoint: cae.pth, prefix: backbone.}");
        assertEquals(
                StateDicts.withPrefix(weights, "backbone.", "cae.pth"),
                StateDicts.withPrefix(trained, "backbone.", "the run"));
        assertEquals(tokenizer, StateDicts.withPrefix(trained, OfficialState.TOKENIZER, "the run"));
        assertTrue(!weights.get("neck.head.weight").equals(trained.get("neck.head.weight")));
    }
}
