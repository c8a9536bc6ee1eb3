package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Padding;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** The middle of a picture; a smaller picture gets a black frame first (torchvision's {@code CenterCrop}). */
@Component("CenterCrop")
public final class CenterCrop implements Transform {

    /** Keys of {@code CenterCrop}. */
    public static final class Config {
        /** Size of the result: a number, or [height, width]. */
        @Required
        public Size size;
    }

    private final Size size;

    @Inject
    CenterCrop(Config config) {
        this.size = config.size;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(image -> cropped(framed(image)));
    }

    private Image8 framed(Image8 image) {
        int missingRows = Math.max(0, size.height() - image.height());
        int missingColumns = Math.max(0, size.width() - image.width());
        Padding frame =
                new Padding(missingColumns / 2, missingRows / 2, (missingColumns + 1) / 2, (missingRows + 1) / 2);
        return frame.isNone() ? image : frame.apply(image, Padding.Mode.CONSTANT, 0);
    }

    private Image8 cropped(Image8 image) {
        int top = (int) Math.rint((image.height() - size.height()) / 2.0);
        int left = (int) Math.rint((image.width() - size.width()) / 2.0);
        return image.crop(top, left, size.height(), size.width());
    }
}
