package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import java.util.List;

/**
 * A rectangle of another image in each (<a href="https://arxiv.org/abs/1905.04899">CutMix</a>; mmcls's
 * {@code BatchCutMix}). Labels are mixed by area.
 */
final class BatchCutMix extends BatchMix {
    /** Both parameters of the beta distribution of the area that stays. */
    @Required
    public double alpha;
    /** Smallest and largest share of the image's sides that a rectangle has; then {@code alpha} plays no role. */
    public List<Double> cutmixMinmax = null;
    /** Whether labels are mixed by the area within the image, and not by the one that was drawn. */
    public boolean correctLam = true;

    @Override
    public void validate(Checks checks) {
        super.validate(checks);
        checks.require(alpha > 0, "alpha", "a positive number");
        checks.require(
                cutmixMinmax == null
                        || (cutmixMinmax.size() == 2
                                && cutmixMinmax.get(0) >= 0
                                && cutmixMinmax.get(0) < cutmixMinmax.get(1)
                                && cutmixMinmax.get(1) < 1),
                "cutmixMinmax",
                "two ascending numbers in [0, 1)");
    }

    private record Rectangle(long top, long bottom, long left, long right) {
        double area() {
            return (double) (bottom - top) * (right - left);
        }
    }

    @Override
    Augments.Mixed apply(NDArray images, NDArray label, Pass pass, Kernels kernels) {
        int height = (int) images.getShape().get(2);
        int width = (int) images.getShape().get(3);
        double drawn = share(pass, alpha);
        NDArray partners = partners(pass, images.getShape().get(0));
        Rectangle box =
                cutmixMinmax == null ? around(height, width, Math.sqrt(1 - drawn), pass) : between(height, width, pass);
        double kept = correctLam || cutmixMinmax != null ? 1 - box.area() / ((double) height * width) : drawn;
        return mixed(kernel(kernels)
                .callAll(
                        "cutmix",
                        images,
                        label,
                        pass.scope().create(kept),
                        partners,
                        pass.scope().create(new long[] {box.top, box.bottom, box.left, box.right})));
    }

    /** A rectangle of a share of the sides around any point, cut off at the borders. */
    private static Rectangle around(int height, int width, double side, Pass pass) {
        int halfHeight = (int) (height * side) / 2;
        int halfWidth = (int) (width * side) / 2;
        long y = draw("center_y", 0, height, pass);
        long x = draw("center_x", 0, width, pass);
        return new Rectangle(
                Math.max(0, y - halfHeight),
                Math.min(height, y + halfHeight),
                Math.max(0, x - halfWidth),
                Math.min(width, x + halfWidth));
    }

    private Rectangle between(int height, int width, Pass pass) {
        long cutHeight =
                draw("cut_h", (int) (height * cutmixMinmax.get(0)), (int) (height * cutmixMinmax.get(1)), pass);
        long cutWidth = draw("cut_w", (int) (width * cutmixMinmax.get(0)), (int) (width * cutmixMinmax.get(1)), pass);
        long top = draw("top", 0, (int) (height - cutHeight), pass);
        long left = draw("left", 0, (int) (width - cutWidth), pass);
        return new Rectangle(top, top + cutHeight, left, left + cutWidth);
    }

    /** A whole number from {@code low} up to, not including, {@code high}. */
    private static long draw(String name, int low, int high, Pass pass) {
        return pass.draw(name, random -> pass.scope().create((long) random.randint(low, Math.max(low, high - 1))))
                .getLong();
    }
}
