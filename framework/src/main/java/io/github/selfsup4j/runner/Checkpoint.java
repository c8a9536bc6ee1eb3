package io.github.selfsup4j.runner;

import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run at some moment, in mmcv's layout: {@code meta}, {@code state_dict} and {@code optimizer}; the states of hooks
 * and of the loss scaler are in {@code meta}.
 *
 * @param progress how far the run was
 * @param weights parameters and buffers by name
 * @param optimizer the optimizer's state; empty if the run can't be resumed from it
 * @param states states of hooks and of the loss scaler by name
 * @param config the effective config as YAML
 */
public record Checkpoint(
        Progress progress,
        Map<String, HostTensor> weights,
        Optional<Tree> optimizer,
        Map<String, Tree> states,
        String config) {

    /**
     * How far a run was.
     *
     * @param epoch epochs completed
     * @param iteration iterations completed
     * @param seed of the run
     */
    public record Progress(int epoch, long iteration, long seed) {}

    /** Writes it as PyTorch would: readable by {@code torch.load(path, weights_only=True)}, whole or not at all. */
    public void write(Path file) throws IOException {
        var states = Tree.mapping();
        this.states.forEach(states::put);
        var meta = Tree.mapping()
                .put("epoch", progress.epoch)
                .put("iter", progress.iteration)
                .put("seed", progress.seed)
                .put("config", config)
                .put("states", states.build());
        var root = Tree.mapping().put("meta", meta.build()).put("state_dict", Tree.stateDict(weights));
        optimizer.ifPresent(state -> root.put("optimizer", state));
        PthFile.write(file, root.build());
    }

    /**
     * Reads one that {@link #write} wrote.
     *
     * @throws IOException if it can't be read
     * @throws io.github.selfsup4j.io.disk.FormatException if the file is damaged, or not a checkpoint of a run
     */
    public static Checkpoint read(Path file) throws IOException {
        Tree root = PthFile.read(file);
        Map<String, Tree> states = new LinkedHashMap<>();
        root.find("meta", "states")
                .ifPresent(found ->
                        found.asMapping().entries().forEach((name, state) -> states.put(name.asText(), state)));
        Progress progress = new Progress(
                root.asInt("meta", "epoch"),
                root.asLong("meta", "iter"),
                root.find("meta", "seed").map(Tree::asLong).orElse(0L));
        return new Checkpoint(
                progress,
                root.asTensors("state_dict"),
                root.find("optimizer"),
                states,
                root.find("meta", "config").map(Tree::asText).orElse(""));
    }
}
