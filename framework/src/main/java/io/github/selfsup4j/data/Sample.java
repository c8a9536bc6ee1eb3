package io.github.selfsup4j.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One training example on its way through a pipeline: named values, in the order they were put.
 *
 * <p>The usual names are those of the reference's training forward: {@code img} (the image), {@code img_target} (a
 * second size of it), {@code mask}, {@code label}, {@code idx}; views of one image are {@code img_0}, {@code img_1},
 * ... A sample belongs to one thread.
 */
public final class Sample {
    private final Map<String, SampleValue> values = new LinkedHashMap<>();

    /** Puts or replaces a value. */
    public Sample put(String name, SampleValue value) {
        values.put(name, value);
        return this;
    }

    /** The names in order. */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * The value under a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public SampleValue get(String name) {
        SampleValue value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("sample has no '" + name + "', only " + values.keySet());
        }
        return value;
    }

    /**
     * The picture under a name, decoded.
     *
     * @throws IllegalArgumentException if there is none, or it is a tensor already
     */
    public Image8 image(String name) {
        Image8 image = picture(name).decoded();
        values.put(name, image);
        return image;
    }

    /**
     * The picture under a name, decoded or not.
     *
     * @throws IllegalArgumentException if there is none, or it is a tensor already
     */
    public Picture picture(String name) {
        if (get(name) instanceof Picture picture) {
            return picture;
        }
        throw new IllegalArgumentException(
                "'" + name + "' is no picture any more: transforms of pictures go before ToTensor");
    }

    /** Replaces every picture by its transform, tensors stay. */
    public void mapImages(UnaryOperator<Image8> transform) {
        mapPictures(picture -> transform.apply(picture.decoded()));
    }

    /** The same for transforms that do not need the whole picture decoded. */
    public void mapPictures(UnaryOperator<Picture> transform) {
        values.replaceAll((name, value) -> value instanceof Picture picture ? transform.apply(picture) : value);
    }

    /** Replaces every value by its transform. */
    public void mapValues(UnaryOperator<SampleValue> transform) {
        values.replaceAll((name, value) -> transform.apply(value));
    }
}
