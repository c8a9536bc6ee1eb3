package io.github.selfsup4j.plugins.tokenizer;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.model.NeedsWeights;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.model.Tokenizer;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The encoder of DALL-E's discrete variational autoencoder (<a href="https://arxiv.org/abs/2102.12092">Ramesh et al.,
 * 2021</a>; the reference's {@code Encoder} of {@code dall_e.py}): one of {@code vocab_size} tokens for every 8 x 8
 * pixels.
 */
@Component("DALLEEncoder")
public final class DalleEncoder extends Layer implements Tokenizer, NeedsWeights {
    private static final int GROUPS = 4;
    private static final String SOURCE = "https://download.openmmlab.com/mmselfsup/cae/dalle_encoder.pth";

    /** How weights start when they are not loaded. */
    public enum Start {
        /** At random: for benchmarks and tests, since tokens then mean nothing. */
        RANDOM
    }

    /** Keys of {@code DALLEEncoder}. */
    public static final class Config implements Tokenizer.Settings, Validated {
        /** File of weights. */
        public String checkpoint = null;
        /**
         * {@code random} asks for random weights; otherwise they come from {@code checkpoint} or with the model's
         * checkpoint.
         */
        public Start init = null;
        /** Number of channels after the first convolution. */
        public int nHid = 256;
        /** Number of different tokens. */
        public int vocabSize = 8192;
        /** Number of residual blocks in each of the four groups. */
        public int nBlkPerGroup = 2;

        @Override
        public int vocabulary() {
            return vocabSize;
        }

        @Override
        public void validate(Checks checks) {
            checks.require(nHid > 0 && nHid % 4 == 0, "nHid", "a positive multiple of 4");
            checks.require(vocabSize > 0, "vocabSize", "a positive number");
            checks.require(nBlkPerGroup > 0, "nBlkPerGroup", "a positive number");
            checks.require(checkpoint == null || init == null, "init", "nothing, since checkpoint is given");
        }
    }

    private final Config config;
    private final Kernel kernel;
    private final Convolution input;
    private final List<Block> blocks = new ArrayList<>();
    private final Convolution output;
    private boolean hasWeights;

    @Inject
    DalleEncoder(Config config, Kernels kernels) {
        this.config = config;
        this.hasWeights = config.init == Start.RANDOM;
        double postGain = 1.0 / Math.pow(GROUPS * config.nBlkPerGroup, 2);
        this.kernel = kernels.load(
                DalleEncoder.class,
                "dalle_encoder.torchscript",
                Map.of("post_gain", postGain, "blocks_per_group", config.nBlkPerGroup));
        this.input = child("blocks.input", new Convolution(3, config.nHid, 7));
        for (int group = 0; group < GROUPS; group++) {
            blocks.addAll(group(group, kernels));
        }
        this.output = child("blocks.output.conv", new Convolution(config.nHid << (GROUPS - 1), config.vocabSize, 1));
        freeze();
    }

    /** The encoder with the reference's sizes and weights from a file. */
    public static DalleEncoder fromFile(String path, Kernels kernels) {
        Config config = new Config();
        config.checkpoint = path;
        return new DalleEncoder(config, kernels);
    }

    private List<Block> group(int group, Kernels kernels) {
        int out = config.nHid << group;
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < config.nBlkPerGroup; i++) {
            int in = i == 0 && group > 0 ? out / 2 : out;
            blocks.add(child("blocks.group_" + (group + 1) + ".block_" + (i + 1), new Block(in, out, kernels)));
        }
        return blocks;
    }

    @Override
    public NDArray tokenize(NDArray images, NDArray masked, Pass pass) {
        try (NoGradient off = new NoGradient();
                NDArray features = encode(images)) {
            if (pass.recording()) {
                NDArray logits = kernel.call("all_logits", features, output.weight(), output.bias());
                pass.record("tokenizer_logits", logits);
                pass.record("target_ids", logits.argMax(1).flatten(1, -1));
            }
            return kernel.call("tokens", features, masked, output.weight(), output.bias());
        }
    }

    /** {@code [batch, 3, height, width]} in [0, 1] to {@code [batch, 8 * n_hid, height / 8, width / 8]}, rectified. */
    private NDArray encode(NDArray images) {
        List<NDArray> weights = new ArrayList<>(List.of(input.weight(), input.bias()));
        blocks.forEach(block -> weights.addAll(block.arrays()));
        return kernel.callAll("encode", List.of(images), List.of(weights)).singletonOrThrow();
    }

    @Override
    public int vocabulary() {
        return config.vocabSize;
    }

    @Override
    public boolean hasWeights() {
        return hasWeights;
    }

    @Override
    public void loadWeights() {
        if (config.checkpoint == null || !Files.isRegularFile(Path.of(config.checkpoint))) {
            String found = config.checkpoint == null
                    ? "its config names no checkpoint"
                    : "there is no file " + config.checkpoint;
            throw ConfigException.of("DALLEEncoder has no weights: " + found + ". Download them from " + SOURCE
                    + " and name the file as tokenizer_path of CAEHead, or as tokenizer: {type: DALLEEncoder, checkpoint: FILE}."
                    + " Random weights, of use for benchmarks only: tokenizer: {type: DALLEEncoder, init: random}");
        }
        StateLoader.loadStrictly(this, weights(), config.checkpoint);
        hasWeights = true;
    }

    private Map<String, HostTensor> weights() {
        try {
            return PthFile.read(Path.of(config.checkpoint)).asTensors();
        } catch (IOException e) {
            throw ConfigException.of("can't read " + config.checkpoint + ": " + e.getMessage());
        }
    }
}
