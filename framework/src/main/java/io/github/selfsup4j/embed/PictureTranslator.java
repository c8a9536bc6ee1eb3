package io.github.selfsup4j.embed;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;

/** Prepares DJL's pictures as the pipeline does, and gives vectors back. */
final class PictureTranslator implements Translator<Image, float[]> {
    private final ImageInput input;

    PictureTranslator(ImageInput input) {
        this.input = input;
    }

    @Override
    public NDList processInput(TranslatorContext context, Image picture) {
        NDArray pixels = picture.toNDArray(context.getNDManager(), Image.Flag.COLOR);
        FloatArray image = input.prepare(new Image8(picture.getHeight(), picture.getWidth(), 3, pixels.toByteArray()));
        return new NDList(context.getNDManager().create(image.values(), new Shape(image.shape())));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList output) {
        return output.singletonOrThrow().toFloatArray();
    }
}
