package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Arrays;

/**
 * Adds {@code mask}, int64 {@code [height, width]} in patches: rectangles are masked (1) until exactly as many patches
 * are as asked for (BEiT, algorithm 1; the reference's {@code BEiTMaskGenerator}).
 */
@Component("BEiTMaskGenerator")
public final class BeitMaskGenerator implements Transform {

    /** Keys of {@code BEiTMaskGenerator}. */
    public static final class Config implements Validated {
        /** Size of the image in patches: a number, or [height, width]. */
        @Required
        public Size inputSize;
        /** Number of patches to mask. */
        @Required
        public int numMaskingPatches;
        /** Smallest area of a rectangle, in patches, as long as so many are missing. */
        public int minNumPatches = 4;
        /** Largest area of a rectangle, in patches; null for as many as are missing. */
        public Integer maxNumPatches = null;
        /** Smallest height of a rectangle divided by its width. */
        public double minAspect = 0.3;
        /** Largest height of a rectangle divided by its width; null for {@code 1 / min_aspect}. */
        public Double maxAspect = null;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    numMaskingPatches > 0 && numMaskingPatches < inputSize.area(),
                    "numMaskingPatches",
                    "at least 1 and less than all " + inputSize.area() + " patches");
            checks.require(minNumPatches > 0, "minNumPatches", "1 or more");
            checks.require(maxNumPatches == null || maxNumPatches > 0, "maxNumPatches", "1 or more, or null");
            checks.require(minAspect > 0, "minAspect", "a positive number");
            checks.require(
                    maxAspect == null || maxAspect >= minAspect,
                    "maxAspect",
                    "at least min_aspect (" + minAspect + "), or null");
        }
    }

    private static final int TRIES_PER_RECTANGLE = 10;
    /** After so many rounds in a row without a rectangle that fits, single patches are masked instead. */
    private static final int FRUITLESS_ROUNDS = 100;

    private final Size patches;
    private final int wanted;
    private final int smallest;
    private final int largest;
    private final double lowLogAspect;
    private final double highLogAspect;

    @Inject
    BeitMaskGenerator(Config config) {
        patches = config.inputSize;
        wanted = config.numMaskingPatches;
        smallest = config.minNumPatches;
        largest = config.maxNumPatches == null ? wanted : config.maxNumPatches;
        lowLogAspect = Math.log(config.minAspect);
        highLogAspect = Math.log(config.maxAspect == null ? 1 / config.minAspect : config.maxAspect);
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        long[] mask = new long[patches.area()];
        int missing = wanted;
        int fruitless = 0;
        while (missing > 0 && fruitless < FRUITLESS_ROUNDS) {
            int added = addRectangle(mask, Math.min(missing, largest), random);
            missing -= added;
            fruitless = added > 0 ? 0 : fruitless + 1;
        }
        addSingles(mask, missing, random);
        sample.put("mask", new LongArray(mask, patches.height(), patches.width()));
    }

    /**
     * Masks one more rectangle of up to {@code most} patches that are not masked yet.
     *
     * @return how many it added
     */
    private int addRectangle(long[] mask, int most, RandomStream random) {
        for (int attempt = 0; attempt < TRIES_PER_RECTANGLE; attempt++) {
            double area = random.uniform(smallest, most);
            double aspect = Math.exp(random.uniform(lowLogAspect, highLogAspect));
            int height = (int) Math.rint(Math.sqrt(area * aspect));
            int width = (int) Math.rint(Math.sqrt(area / aspect));
            if (height < patches.height() && width < patches.width()) {
                int top = random.randint(0, patches.height() - height);
                int left = random.randint(0, patches.width() - width);
                int fresh = visible(mask, top, left, height, width);
                if (fresh > 0 && fresh <= most) {
                    fill(mask, top, left, height, width);
                    return fresh;
                }
            }
        }
        return 0;
    }

    private int visible(long[] mask, int top, int left, int height, int width) {
        int count = height * width;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                count -= (int) mask[y * patches.width() + x];
            }
        }
        return count;
    }

    private void fill(long[] mask, int top, int left, int height, int width) {
        for (int y = top; y < top + height; y++) {
            Arrays.fill(mask, y * patches.width() + left, y * patches.width() + left + width, 1);
        }
    }

    /** Masks single patches anywhere, for settings that leave no room for rectangles. */
    private static void addSingles(long[] mask, int missing, RandomStream random) {
        for (int left = missing; left > 0; ) {
            int patch = random.randint(0, mask.length - 1);
            left -= 1 - (int) mask[patch];
            mask[patch] = 1;
        }
    }
}
