package io.github.selfsup4j;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import io.github.selfsup4j.embed.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A pretrained backbone that embeds pictures, for programs of others: a DJL predictor.
 *
 * <pre>{@code
 * Predictor<Image, float[]> predictor = SelfsupModel.load(Path.of("work_dirs/my-run/latest.pth"));
 * float[] embedding = predictor.predict(ImageFactory.getInstance().fromFile(Path.of("picture.jpg")));
 * }</pre>
 *
 * <p>Pictures are prepared as the config prepares images for evaluation; if it says nothing of it, they are resized,
 * cropped in the middle, and normalised as in training. The embedding is the mean over an image's patches or, of a
 * ResNet, over its positions: what the command {@code extract} gives.
 *
 * <p>All native memory is given back by {@link #close}. Computes in float32, on CUDA if there is any, otherwise on the
 * CPU.
 */
public final class SelfsupModel extends Predictor<Image, float[]> {
    private SelfsupModel(EmbeddingModel embedding) {
        super(
                embedding.model(),
                embedding.translator(),
                embedding.model().getNDManager().getDevice(),
                false);
    }

    /**
     * The model of a checkpoint that {@code train} or {@code pretrain} wrote, which holds its config.
     *
     * @throws io.github.selfsup4j.config.ConfigException if it holds none, or does not fit it
     * @throws IOException if it can't be read
     */
    public static SelfsupModel load(Path checkpoint) throws IOException {
        return new SelfsupModel(EmbeddingModel.load(checkpoint));
    }

    /**
     * The model of any checkpoint that holds the backbone of a config.
     *
     * @throws io.github.selfsup4j.config.ConfigException if they don't fit together
     * @throws IOException if a file can't be read
     */
    public static SelfsupModel load(Path checkpoint, Path config) throws IOException {
        return new SelfsupModel(EmbeddingModel.load(checkpoint, config));
    }

    /** Gives back the weights and everything else that the engine holds. */
    @Override
    public void close() {
        super.close();
        model.close();
    }
}
