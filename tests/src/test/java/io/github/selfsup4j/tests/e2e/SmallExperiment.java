package io.github.selfsup4j.tests.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A config and pictures so small that a run takes seconds: two epochs of ten iterations. */
final class SmallExperiment {
    private static final int TRAIN = 160;
    private static final int TEST = 64;
    private static final int SIDE = 28;

    private SmallExperiment() {}

    /**
     * Writes pictures and config into a folder.
     *
     * @return the config
     */
    static Path in(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        pictures(data, "train", TRAIN);
        pictures(data, "t10k", TEST);
        return Files.writeString(folder.resolve("small.yaml"), CONFIG);
    }

    /** Bright bars on a dark ground, in ten classes by their place. */
    private static void pictures(Path folder, String split, int count) throws IOException {
        Random random = new Random(count);
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        header(images, 0x803, count, SIDE, SIDE);
        header(labels, 0x801, count);
        for (int i = 0; i < count; i++) {
            int label = i % 10;
            labels.write(label);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                boolean bar = pixel % SIDE / 3 == label || pixel / SIDE / 4 == label % 7;
                images.write((bar ? 200 : 20) + random.nextInt(40));
            }
        }
        Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.toByteArray());
        Files.write(folder.resolve(split + "-labels-idx1-ubyte"), labels.toByteArray());
    }

    private static void header(ByteArrayOutputStream out, int... numbers) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        for (int number : numbers) {
            data.writeInt(number);
        }
    }

    private static final String CONFIG = """
            x-pipeline: [{type: Pad, padding: 2}, {type: ToTensor}]
            model:
              type: CAE
              backbone:
                type: CAEViT
                arch: {embed_dims: 24, num_layers: 2, num_heads: 3, feedforward_channels: 48}
                img_size: 32
                patch_size: 8
                init_values: 0.1
                qkv_bias: false
                drop_path_rate: 0.1
              neck:
                type: CAENeck
                embed_dims: 24
                num_heads: 3
                regressor_depth: 1
                decoder_depth: 1
                mlp_ratio: 2
                init_values: 0.1
                num_classes: 16
                mask_tokens_num: 6
              head:
                type: CAEHead
                lambd: 2
                tokenizer: {type: PatchKMeansTokenizer, patch_size: 8, vocab_size: 16}
              base_momentum: 0.5
            data:
              samples_per_gpu: 16
              workers_per_gpu: 1
              train:
                type: SingleViewDataset
                data_source: {type: FashionMNIST, data_prefix: data}
                pipeline:
                  - {type: RandomHorizontalFlip}
                  - {type: Pad, padding: 2}
                  - {type: ToTensor}
                  - {type: RandomMaskGenerator, input_size: 4, num_masking_patches: 6}
            optimizer:
              type: AdamW
              lr: 3.0e-3
              weight_decay: 0.05
              paramwise_options: {bias: {weight_decay: 0.}}
            optimizer_config: {grad_clip: {max_norm: 3.0}}
            lr_config: {policy: CosineAnnealing, min_lr: 0., by_epoch: false, warmup: linear, warmup_iters: 3, warmup_ratio: 0.1}
            runner: {type: EpochBasedRunner, max_epochs: 2}
            seed: 3
            checkpoint_config: {interval: 2, by_epoch: false, max_keep_ckpts: 3}
            log_config: {interval: 2, hooks: [{type: TextLoggerHook}]}
            custom_hooks: [{type: EMAHook, momentum: 0.1}]
            """;
}
